"""What findings rest on: a row for each stream that has what another must not have too.

Each stream says for itself what stands in it, and from when to when; a finding is what several
streams say of one thing (`gathered.py`). So it comes out the same in whatever order streams are
folded, and by whichever process.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.case.state import CaseState
from domain.checks.looking import Looked
from domain.checks.table import RULES
from domain.checks.unspent import unspent_from
from domain.folds.use import Use, use
from domain.message import Message, StreamKind, kind_of, name_of, stream_id
from domain.order.state import OrderState
from domain.project.state import ProjectState
from domain.session.state import SessionState
from domain.staff.state import DIRECTORY
from domain.tracks.self_employment.minor import done_as_minor
from domain.values.findings import FindingCode, finding_id, same_mark
from projections.deriving import Derived, Folds
from projections.folds import Fold
from projections.view import View, unvalidated


class Ground(Message):
    """One stream's part in a finding, if others have theirs. Nothing of the number itself."""

    finding_id: UUID
    code: FindingCode
    stream: str
    name: UUID
    """Of the stream."""
    number: int
    """Among the rows of its stream."""
    case_id: UUID | None
    centre: str | None
    """Whose the stream is, where it hangs on no case."""
    position: int
    """Of the event that says it."""
    known_on: date
    """The day it was recorded (Africa/Casablanca); of what is one from a later day on, that day."""
    ended: int | None
    """The position of the event by which it no longer counts."""
    until: date | None
    """The day that was recorded."""


grounds = View(
    "grounds",
    Ground,
    key=["finding_id", "name", "number"],
    owner="name",
    indexes=[["name"]],
)
_row = unvalidated(Ground)


class Standing(NamedTuple):
    """What stands in a stream, in which cases, and from when to when."""

    code: FindingCode
    finding_id: UUID
    cases: tuple[UUID | None, ...]
    use: Use
    ended: Use | None = None
    centre: str | None = None


def _rows(kind: StreamKind, name: str, standing: Iterable[Standing]) -> Iterator[Ground]:
    parts = ((each, case) for each in standing for case in each.cases)
    for number, (each, case_id) in enumerate(parts, 1):
        yield _row(
            finding_id=each.finding_id,
            code=each.code,
            stream=stream_id(kind, name),
            name=UUID(name),
            number=number,
            case_id=case_id,
            centre=each.centre,
            position=each.use.position,
            known_on=each.use.known_on,
            ended=each.ended.position if each.ended else None,
            until=each.ended.known_on if each.ended else None,
        )


def _of_project(name: str, folds: Folds) -> Iterator[Ground]:
    return _rows(StreamKind.PROJECT, name, _in_project(folds.project(name).state, folds))


def _in_project(state: ProjectState, folds: Folds) -> Iterator[Standing]:
    cases = tuple(holder.case_id for holder in state.holders[:1])
    for mark, since in state.cheques.items():
        code = FindingCode.CHEQUE_TWICE
        yield Standing(code, finding_id(code, mark), cases, since)
    back = {m: item.back for item in state.items.values() if item.back for m in item.serials}
    for mark, since in state.serials.items():
        code = FindingCode.SERIAL_TWICE
        yield Standing(code, finding_id(code, mark), cases, since, back.get(mark))
    code = FindingCode.FUNDED_TWICE
    for agreement_id, granted in state.granted.items():
        for holder in state.holders:
            person = folds.one_of(holder.beneficiary_id)
            finding = finding_id(code, str(person), granted.source)
            ended = None if state.has_given(agreement_id) else granted.end
            yield Standing(code, finding, (holder.case_id,), granted.given, ended)


def _of_order(name: str, folds: Folds) -> Iterator[Ground]:
    return _rows(StreamKind.ORDER, name, _in_order(folds.order(name).state, folds))


def _in_order(state: OrderState, folds: Folds) -> Iterator[Standing]:
    """Its invoices and cheques, each once: since the first payment by it that was not undone,
    else from the first to the end of the last. Suppliers that are one have one's invoices.
    """
    supplier = same_mark(folds.goes_by(state.supplier or ""))
    found: dict[UUID, Standing] = {}
    for payment in state.payments.values():
        lines = (state.lines[number] for number in payment.lines)
        cases = tuple(dict.fromkeys(line.case_id for line in lines))
        for code, what in (
            (FindingCode.INVOICE_TWICE, (supplier, same_mark(payment.invoice))),
            (FindingCode.CHEQUE_TWICE, (same_mark(payment.cheque or ""),)),
        ):
            name = finding_id(code, *what)
            before = found.get(name)
            if what[-1] and (before is None or before.ended is not None):
                found[name] = Standing(code, name, cases, payment.use, payment.undone)
    return iter(found.values())


def _of_session(name: str, folds: Folds) -> Iterator[Ground]:
    return _rows(StreamKind.SESSION, name, _in_session(folds.session(name).state, folds))


def _in_session(state: SessionState, folds: Folds) -> Iterator[Standing]:
    """Two offices may have recorded one meeting, or one of them the wrong number; also where the
    registry had its committee twice.
    """
    if state.minutes is None or state.minuted is None or state.body is None:
        return
    code, whose = (
        FindingCode.MINUTES_TWICE,
        folds.goes_by(state.committee or "") or state.region or "",
    )
    finding = finding_id(code, state.body, whose, same_mark(state.minutes))
    yield Standing(code, finding, (None,), state.minuted, state.cancellation)


def _checked(
    fold: Fold[Any], name: str, cases: tuple[UUID | None, ...], looked: Looked
) -> Iterator[Standing]:
    """What the standing checks find in a stream's history: a row for each event that says it."""
    for rule in RULES[fold.kind]:
        for found in rule.find(looked):
            finding = finding_id(rule.code, *(found.what or (name,)))
            for each in found.events:
                yield Standing(rule.code, finding, cases, use(each.envelope))


def _of_agreement(name: str, folds: Folds) -> Iterator[Ground]:
    fold = folds.agreement(name)
    checked = _checked(fold, name, (None,), Looked(fold.read))
    return _rows(StreamKind.AGREEMENT, name, chain(_in_agreement(name, fold.state), checked))


def _in_agreement(name: str, state: AgreementState) -> Iterator[Standing]:
    """From when an amendment was entered above one that was not, until all are."""
    if state.gap is not None:
        code = FindingCode.AMENDMENT_MISSING
        yield Standing(code, finding_id(code, name), (None,), state.gap.begun, state.gap.ended)
    since, entered = unspent_from(state), state.terms.entered
    if since is not None and entered is not None:
        code, told = FindingCode.UNSPENT, Use(entered.position, max(since, entered.known_on))
        yield Standing(code, finding_id(code, name), (None,), told)


def _of_person(name: str, folds: Folds) -> Iterator[Ground]:
    """The mark of a number tells nobody the number. Who was merged into another has theirs no more."""
    fold, code = folds.beneficiary(name), FindingCode.NUMBER_TWICE
    state = fold.state
    standing = (
        Standing(
            code,
            finding_id(code, folds.mark(number)),
            (state.last_case,),
            since,
            state.merged,
            centre=state.centre,
        )
        for number, since in state.numbers.items()
    )
    known = not state.erased and state.merged_into is None
    looked = Looked(fold.read, readable=known, mark=folds.mark)
    checked = (
        each._replace(centre=state.centre)
        for each in _checked(fold, name, (state.last_case,), looked)
    )
    return _rows(StreamKind.BENEFICIARY, name, chain(standing, checked))


def _of_case(name: str, folds: Folds) -> Iterator[Ground]:
    fold = folds.case(name)
    readable = fold.state.kept is None and not any(each.envelope.lost for each in fold.read)
    looked = Looked(fold.read, fold.state.rules, readable=readable)
    checked = _checked(fold, name, (UUID(name),), looked)
    return _rows(StreamKind.CASE, name, chain(found_in_case(name, fold.state), checked))


def found_in_case(name: str, state: CaseState) -> Iterator[Standing]:
    """What a birth date that was changed since makes wrong, and a death leaves open: the coordinator
    decides what follows.
    """
    if state.death_told is not None and any(each.money_open for each in state.tracks.values()):
        code = FindingCode.APPROVAL_AFTER_DEATH
        yield Standing(code, finding_id(code, name), (UUID(name),), state.death_told)
    of_age, told = state.minor_until, state.born_told
    if of_age is None or told is None:
        return
    for code in done_as_minor(state, of_age):
        yield Standing(code, finding_id(code, name), (UUID(name),), told)


def _of_finding(name: str, folds: Folds) -> Iterator[Ground]:
    """Of one that was noted: the entries that say it, each in its own stream."""
    key = folds.finding(name).state.key
    if key is None:
        return
    entries = ((DIRECTORY, key.issued), (key.taken_in, key.taken))
    for number, (stream, position) in enumerate(entries, 1):
        is_case = kind_of(stream) is StreamKind.CASE
        yield _row(
            finding_id=UUID(name),
            code=FindingCode.KEY_ONCE,
            stream=stream,
            name=UUID(name),
            number=number,
            case_id=UUID(name_of(stream)) if is_case else None,
            centre=None,
            position=position,
            known_on=key.found.known_on,
            ended=key.ended.position if key.ended else None,
            until=key.ended.known_on if key.ended else None,
        )


GROUNDS_OF_FINDINGS = Derived(grounds, StreamKind.FINDING, _of_finding)
GROUNDS_OF_CASES = Derived(grounds, StreamKind.CASE, _of_case)
GROUNDS = Derived(grounds, StreamKind.PROJECT, _of_project)
GROUNDS_OF_PEOPLE = Derived(grounds, StreamKind.BENEFICIARY, _of_person)
GROUNDS_OF_ORDERS = Derived(grounds, StreamKind.ORDER, _of_order)
GROUNDS_OF_AGREEMENTS = Derived(grounds, StreamKind.AGREEMENT, _of_agreement)
GROUNDS_OF_SESSIONS = Derived(grounds, StreamKind.SESSION, _of_session)
