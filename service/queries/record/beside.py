"""What a person's record tells beside their histories: messages to them, papers, and their complaints.

A complaint is there where it is their own and whoever asks for the record may read it: to whom it is about
it does not exist, here as elsewhere.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import cast
from uuid import UUID

from domain.complaint.state import ComplaintState
from domain.complaint.vocabulary import Complainant
from domain.errors import Refused
from domain.message import Role, StreamKind, stream_id
from domain.reference.state import ReferenceState, complaints_about
from domain.values.calendar import local_date
from service.access.reader import Reading
from service.access.scope import SEEN
from service.access.things import SeenComplaint
from service.access.vocabulary import Scope
from service.notify.outbox.message import Audience, MessageRow, State
from service.queries.record.shape import RecordedPaper, RecordEntry, RecordLine
from service.queries.record.theirs import Theirs
from service.words import writing
from service.words.language import Language
from service.words.store import words

Who = Callable[[UUID, Role], str]
"""By what a colleague is called."""
TOLD = frozenset({State.SENT, State.FAILED, State.WAITING, State.TRYING})
"""States of a message that went, or was to."""


def messages(reading: Reading, theirs: Theirs, language: Language) -> Iterator[RecordEntry]:
    """What was sent to the person, by day. What it said is not kept: that a review was near."""
    page = words(language).page
    for on, row in sorted(_sent(reading, theirs), key=lambda each: each[0]):
        state = "sent" if row.state is State.SENT else "not_sent"
        line = RecordLine(label=page["record_message"], value=page[f"record_message_{state}"])
        title = page[f"record_by_{row.channel}"]
        yield RecordEntry(on=on, title=title, by="", lines=(line,))


def _sent(reading: Reading, theirs: Theirs) -> Iterator[tuple[date, MessageRow]]:
    for case in theirs.cases:
        for row in reading.outbox.of_case(UUID(case)):
            if row.audience is Audience.PERSON and row.state in TOLD:
                yield local_date(row.settled_at or row.made_at), row


def recorded_papers(reading: Reading, theirs: Theirs) -> Iterator[RecordedPaper]:
    """Of the cases, those withdrawn too; `href` where the file is still kept."""
    vault = reading.ledger.papers
    for name, case in theirs.cases.items():
        stream = stream_id(StreamKind.CASE, name)
        for paper_id, paper in case.papers.items():
            kept = paper.stands and vault is not None
            kept = kept and vault is not None and vault.lies(paper.place(stream, paper_id))
            yield RecordedPaper(
                case_id=UUID(name),
                paper_id=paper_id,
                kind=paper.kind,
                attached_on=paper.attached_on,
                attached_by=paper.by,
                withdrawn_on=paper.withdrawn_on,
                media_type=paper.media_type,
                size=paper.size,
                pages=paper.pages,
                sha256=paper.sha256,
                href=f"/v1/cases/{name}/papers/{paper_id}" if kept else None,
            )


def papers(reading: Reading, theirs: Theirs, language: Language, who: Who) -> Iterator[RecordEntry]:
    page = words(language).page
    for each in recorded_papers(reading, theirs):
        lines = [
            RecordLine(label=page["record_pages"], value=writing.number(each.pages, language)),
            RecordLine(
                label=page["record_file"],
                value=page["record_file_kept" if each.href else "record_file_gone"],
            ),
        ]
        yield RecordEntry(
            on=each.attached_on,
            title=words(language).of(each.kind) if each.kind else page["record_paper"],
            by=who(each.attached_by, Role.CASEWORKER),
            stands=each.withdrawn_on is None,
            lines=tuple(lines),
        )


def complaints_of(reading: Reading, theirs: Theirs) -> list[str]:
    """The streams of those that the person made themselves, as far as whoever asks reads them."""
    named = [
        each
        for case in theirs.cases
        for each in cast(
            "ReferenceState", reading.ledger.state(complaints_about(UUID(case)))
        ).complaints
    ]
    return [stream_id(StreamKind.COMPLAINT, each) for each in named if _is_theirs(reading, each)]


def _is_theirs(reading: Reading, complaint: UUID) -> bool:
    stream = stream_id(StreamKind.COMPLAINT, complaint)
    state = cast("ComplaintState", reading.ledger.state(stream))
    if state.complainant is not Complainant.BENEFICIARY or state.erased:
        return False
    try:
        (seen, *_) = SEEN[Scope.COMPLAINT](reading, (complaint,))
    except Refused:
        return False
    return cast("SeenComplaint", seen).read
