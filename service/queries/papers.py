"""The papers of a case, a session, an order, a ceremony or an agreement, and one of them."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.commands import step_name
from domain.errors import Erased, NotAllowed, Refused
from domain.message import FieldClass, Message, Role, StreamKind, stream_id
from domain.papers.needed import missing_for, still_to_come
from domain.papers.state import Paper, valid
from domain.path import PATH
from domain.session.state import SessionState
from domain.values.papers import MediaType, PaperKind, PaperPlace
from service.access.reader import Reading
from service.access.things import SeenAgreement, SeenCase, SeenCeremony, SeenOrder, SeenSession
from service.queries.photographs import held_back

ENDINGS = {
    MediaType.PDF: "pdf",
    MediaType.JPEG: "jpg",
    MediaType.PNG: "png",
    MediaType.WEBP: "webp",
}
UNNAMED = frozenset({PaperKind.RELEASE_SLIP})
"""Kinds that no file's name may tell of."""


class PaperAnswer(Message):
    """A paper, as it was attached."""

    paper_id: UUID
    kind: Annotated[PaperKind | None, FieldClass.JUDICIAL]
    issued_on: Annotated[date | None, FieldClass.PERSONAL]
    expires_on: Annotated[date | None, FieldClass.PERSONAL]
    expired: Annotated[bool | None, FieldClass.PERSONAL]
    """Whether it holds no more today."""
    track_id: UUID | None
    media_type: MediaType
    size: int
    """Bytes."""
    pages: int
    sha256: str
    """Of the paper itself."""
    attached_on: date
    attached_by: UUID
    withdrawn_on: date | None
    valid: bool
    """Whether it is the last of its kind that stands."""
    kept: bool
    """Whether the paper itself is there, and can be had."""
    held_back: bool = False
    """Of a photograph: whether somebody on it took back their consent, was erased, or asked that their
    data be not used. It is handed to nobody; withdraw it."""


class MissingPaper(Message):
    """A paper that is usually there by now."""

    kind: PaperKind
    step: str
    """What leaves it, or is usually taken on it."""
    taken: bool
    """Whether that step was taken; else it is yet to be."""


class PapersAnswer(Message):
    """What papers there are, the last attached last, and what is missing."""

    version: int
    reference: str
    """Of a case; empty for what has none."""
    papers: tuple[PaperAnswer, ...]
    missing: tuple[MissingPaper, ...]


class PaperFile(Message):
    """Where a paper lies, and under which name it is handed out."""

    holder: UUID
    stream: str
    paper_id: UUID
    media_type: MediaType
    size: int
    name: str
    """A reference and a kind, nobody's name."""

    @property
    def place(self) -> PaperPlace:
        return PaperPlace(self.holder, self.stream, self.paper_id)


def list_case_papers(reading: Reading, case: SeenCase) -> PapersAnswer:
    stream = stream_id(StreamKind.CASE, case.id)
    ahead = (
        MissingPaper(kind=kind, step=step_name(row.step), taken=False)
        for part in PATH
        for row in part.rows
        for kind in missing_for(step_name(row.step), case.state)
        if row.closed_because(case.state) is None
    )
    return _papers(reading, stream, case.state, ahead)


def list_session_papers(reading: Reading, session: SeenSession) -> PapersAnswer:
    return _papers(reading, *_session(reading, session))


def list_order_papers(reading: Reading, order: SeenOrder) -> PapersAnswer:
    return _papers(reading, *_order(reading, order))


def list_ceremony_papers(reading: Reading, ceremony: SeenCeremony) -> PapersAnswer:
    stream, state = _ceremony(reading, ceremony)
    found, back = _papers(reading, stream, state), held_back(reading, stream)
    hidden = {"held_back": True, "kept": False}
    told = (
        each.model_copy(update=hidden) if each.paper_id in back else each for each in found.papers
    )
    return found.model_copy(update={"papers": tuple(told)})


def list_agreement_papers(reading: Reading, agreement: SeenAgreement) -> PapersAnswer:
    return _papers(reading, *_agreement(reading, agreement))


def get_case_paper(reading: Reading, case: SeenCase, paper_id: UUID) -> PaperFile:
    stream = stream_id(StreamKind.CASE, case.id)
    return _file(reading, stream, case.state, paper_id, case.state.reference)


def get_session_paper(reading: Reading, session: SeenSession, paper_id: UUID) -> PaperFile:
    return _file(reading, *_session(reading, session), paper_id)


def get_order_paper(reading: Reading, order: SeenOrder, paper_id: UUID) -> PaperFile:
    return _file(reading, *_order(reading, order), paper_id)


def get_ceremony_paper(reading: Reading, ceremony: SeenCeremony, paper_id: UUID) -> PaperFile:
    stream, state = _ceremony(reading, ceremony)
    found = _file(reading, stream, state, paper_id)
    if paper_id in held_back(reading, stream):
        raise Refused("photograph_held_back")
    return found


def get_agreement_paper(reading: Reading, agreement: SeenAgreement, paper_id: UUID) -> PaperFile:
    return _file(reading, *_agreement(reading, agreement), paper_id)


def _session(reading: Reading, session: SeenSession) -> tuple[str, Any]:
    stream = stream_id(StreamKind.SESSION, session.id)
    state = reading.ledger.state(stream)
    assert isinstance(state, SessionState)  # noqa: S101 - by the stream's kind
    return _own(reading, stream, state)


def _order(reading: Reading, order: SeenOrder) -> tuple[str, Any]:
    return _own(reading, stream_id(StreamKind.ORDER, order.id), order.state)


def _ceremony(reading: Reading, ceremony: SeenCeremony) -> tuple[str, Any]:
    return _own(reading, stream_id(StreamKind.CEREMONY, ceremony.id), ceremony.state)


def _agreement(reading: Reading, agreement: SeenAgreement) -> tuple[str, Any]:
    stream = stream_id(StreamKind.AGREEMENT, agreement.id)
    state = reading.ledger.state(stream)
    assert isinstance(state, AgreementState)  # noqa: S101 - by the stream's kind
    if not state.version:
        raise Refused("agreement_not_found")
    return stream, state


def _own(reading: Reading, stream: str, state: Any) -> tuple[str, Any]:
    """Minutes, invoices and lists name people of several centres: they are for whose it is.

    Raises `NotAllowed` for another, though it may read its own lines of it.
    """
    actor = reading.reader.actor
    if actor.role is not Role.AUDITOR and actor.centre != state.centre:
        raise NotAllowed("other_centre")
    return stream, state


def _papers(
    reading: Reading, stream: str, state: Any, ahead: Iterator[MissingPaper] | None = None
) -> PapersAnswer:
    last = valid(state.papers)
    steps = (each.envelope.step for each in reading.ledger.history(stream))
    kind = stream.partition("/")[0]
    left = [
        MissingPaper(kind=paper, step=step, taken=True)
        for paper, step in still_to_come(kind, steps, state)
    ]
    told = {each.kind for each in left}
    # Each kind once, with the first step that it is usual before.
    others = {each.kind: each for each in reversed([*(ahead or ())]) if each.kind not in told}
    return PapersAnswer(
        version=state.seen,
        reference=getattr(state, "reference", ""),
        papers=tuple(
            _answer(reading, stream, name, paper, valid=name in last)
            for name, paper in state.papers.items()
        ),
        missing=(*left, *others.values()),
    )


def _answer(reading: Reading, stream: str, name: UUID, paper: Paper, *, valid: bool) -> PaperAnswer:
    vault, ends = reading.ledger.papers, paper.expires_on
    return PaperAnswer(
        paper_id=name,
        kind=paper.kind,
        issued_on=paper.issued_on,
        expires_on=ends,
        expired=None if ends is None else ends < reading.today,
        track_id=paper.track_id,
        media_type=paper.media_type,
        size=paper.size,
        pages=paper.pages,
        sha256=paper.sha256,
        attached_on=paper.attached_on,
        attached_by=paper.by,
        withdrawn_on=paper.withdrawn_on,
        valid=valid,
        kept=paper.stands and vault is not None and vault.lies(paper.place(stream, name)),
    )


def _file(
    reading: Reading, stream: str, state: Any, paper_id: UUID, reference: str = ""
) -> PaperFile:
    paper: Paper | None = state.papers.get(paper_id)
    vault = reading.ledger.papers
    if paper is None:
        raise Refused("paper_not_found")
    if not paper.stands:
        raise Refused("paper_withdrawn")
    if vault is None or vault.is_erased(paper.holder):
        raise Erased
    if not vault.lies(paper.place(stream, paper_id)):
        raise Refused("paper_not_kept")
    kind = "paper" if paper.kind is None or paper.kind in UNNAMED else paper.kind
    about = reference or stream.replace("/", "-")[:17]
    return PaperFile(
        holder=paper.holder,
        stream=stream,
        paper_id=paper_id,
        media_type=paper.media_type,
        size=paper.size,
        name=f"{about}-{kind}.{ENDINGS[paper.media_type]}".replace("_", "-"),
    )
