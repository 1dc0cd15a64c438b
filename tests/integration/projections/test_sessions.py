"""A session's list on both databases: offices at once, its rows, and what cancelling it frees."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier
from typing import cast
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.agreement.steps import Where
from domain.agreement.territory import TerritoryReach
from domain.case.state import CaseState
from domain.errors import JisrError
from domain.example import project
from domain.example.beside import record_minutes, schedule_session, sign_agreement
from domain.example.person import EXAMPLE
from domain.message import Command, StreamKind, stream_id
from domain.session.state import SessionState
from domain.session.steps import CancelSession
from domain.tracks.self_employment.state import find_track
from domain.tracks.self_employment.steps import RecordDecision
from domain.values.findings import FindingCode
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import findings, sessions
from tests.integration.projections.conftest import MASTER_KEYS, Place
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import CALENDAR, DIVISION, Clock, Person, Programme

LINES = 6


def listed(programme: Programme, people: int, centre: str = "taza") -> list[Person]:
    """People of the centre whose projects stand on its session's list, undecided."""
    found = [Person(programme, centre) for _ in range(people)]
    for person in found:
        *before, _decision = [*person.intake(), *person.towards_approval()]
        programme.record(*before)
    return found


def session_of(programme: Programme, centre: str = "taza") -> SessionState:
    stream = stream_id(StreamKind.SESSION, programme.sessions[centre])
    return cast("SessionState", programme.ledger.state(stream))


def at_once(place: Place, ledger: Ledger, shares: Sequence[Sequence[Command]]) -> list[list[str]]:
    """Each share on a ledger of its own, all at once: codes, or "" for what passed."""
    start = Barrier(len(shares))

    def record(share: Sequence[Command]) -> list[str]:
        clock = Clock()
        clock.now = ledger.now()
        with closing(
            open_ledger(place.url, place.keys_url, MASTER_KEYS, calendar=CALENDAR, clock=clock)
        ) as office:
            start.wait(60)
            results = [office.record_all([each])[0] for each in share]
        return [result.code if isinstance(result, JisrError) else "" for result in results]

    with ThreadPoolExecutor(len(shares)) as threads:
        return list(threads.map(record, shares))


def test_of_two_offices_that_decide_on_the_same_line_one_does(
    place: Place, programme: Programme, ledger: Ledger
) -> None:
    people = listed(programme, LINES)
    division = programme.staff["all-division"]
    approvals = [each.step(each.way.step(RecordDecision)) for each in people]
    rejections = [each.step(project.rejection(each.way), actor=division) for each in people]
    codes = at_once(place, ledger, [approvals, rejections])
    pairs = Counter(frozenset(pair) for pair in zip(*codes, strict=True))
    assert pairs == {frozenset({"", "not_submitted"}): LINES}
    approved = codes[0].count("")
    state = session_of(programme)
    decisions = Counter(str(line.decision) for line in state.lines)
    assert decisions == Counter({"approve": approved, "reject": LINES - approved})
    agreement = stream_id(StreamKind.AGREEMENT, programme.agreements["taza"])
    money = cast("AgreementState", ledger.state(agreement))
    assert (money.money.committed, money.places_taken) == (approved * EXAMPLE.cost, approved)


def test_a_session_that_is_cancelled_at_once_leaves_nobody_submitted_to_it(
    place: Place, programme: Programme, ledger: Ledger
) -> None:
    """Whoever came on the list first is freed; whoever came too late is refused."""
    name = programme.new_id()
    stream = (StreamKind.SESSION, name)
    programme.record(programme.order(*stream, schedule_session(), DIVISION))
    programme.sessions["taza"] = name
    people = [Person(programme) for _ in range(LINES)]
    submissions = []
    for person in people:
        *before, submission, _decision = [*person.intake(), *person.towards_approval()]
        programme.record(*before)
        submissions.append(submission)
    day = EXAMPLE.day(361)
    cancel = programme.order(*stream, CancelSession(occurred_on=day, explanation="x"), DIVISION)
    ((cancelled,), submitted) = at_once(place, ledger, [[cancel], submissions])
    assert cancelled == ""
    assert set(submitted) <= {"", "session_cancelled"}
    for person in people:
        case = cast("CaseState", ledger.state(stream_id(StreamKind.CASE, person.case_id)))
        track = find_track(case)
        assert track is not None
        assert not track.submissions


def test_a_session_is_read_with_its_lines_by_whom_they_concern(
    programme: Programme, projector: Projector, views: Views
) -> None:
    mine, theirs = listed(programme, 2), listed(programme, 1, "midelt")
    common = programme.sessions["taza"]
    away = theirs[0]
    both = Where(reach=TerritoryReach.PROVINCES, provinces=("taza", "midelt"))
    shared, back = sign_agreement().model_copy(update={"territory": both}), programme.new_id()
    programme.record(programme.order(StreamKind.AGREEMENT, back, shared, DIVISION))
    other = replace(away.way, session_id=common, agreement_id=back)
    programme.record(
        away.step(project.withdrawal(away.way)),
        away.step(
            project.submission(other).model_copy(update={"occurred_on": other.day(361)}),
        ),
        mine[0].step(mine[0].way.step(RecordDecision)),
    )
    catch_up(projector)
    with views.reading() as conn:
        whole, own = sessions.get(conn, common), sessions.get(conn, common, "midelt")
        assert whole is not None
        assert own is not None
        assert (whole.listed, whole.decided, whole.status) == (3, 1, "held")
        assert (own.listed, own.decided) == (1, 0)
        lines = {line.case_id: line for line in sessions.list_of(conn, common)}
        assert lines.keys() == {each.case_id for each in (*mine, away)}
        assert lines[mine[0].case_id].decision == "approve"
        assert lines[away.case_id].agreement_id == back
        (line,) = sessions.list_of(conn, common, "midelt")
        assert (line.case_id, line.name_latin) == (away.case_id, "Salma Elmithal")
        assert sessions.has_line_of(conn, common, "midelt")
        assert not sessions.has_line_of(conn, programme.sessions["midelt"], "taza")
        rows = sessions.find(conn, sessions.Filters(status="held")).rows
        assert {row.session_id for row in rows} == {*programme.sessions.values()}


def test_a_cancelled_session_is_told_in_every_case_on_its_list(programme: Programme) -> None:
    name: UUID = programme.new_id()
    stream = (StreamKind.SESSION, name)
    programme.record(programme.order(*stream, schedule_session(), DIVISION))
    programme.sessions["taza"] = name
    people = listed(programme, LINES)
    cancel = CancelSession(occurred_on=EXAMPLE.day(370), explanation="x")
    programme.record(programme.order(*stream, cancel, DIVISION))
    for person in people:
        history = programme.ledger.history(stream_id(StreamKind.CASE, person.case_id))
        assert history[-1].envelope.event_type == "SubmissionFreed"
        assert history[-1].envelope.step == "cancel-session"
        assert history[-1].envelope.subject == person.beneficiary_id


def test_a_number_of_minutes_in_two_sessions_of_a_body_is_found(
    programme: Programme, projector: Projector, views: Views
) -> None:
    """Nobody is stopped: two offices may have recorded one and the same meeting.

    The other centre's committee has the number too, and is another body.
    """
    scheduled = schedule_session()
    twice, otherwise = (programme.new_id() for _ in range(2))
    number = record_minutes().minutes
    for name, minutes in ((twice, number.replace("/", " / ")), (otherwise, f"{number}0")):
        told = record_minutes().model_copy(update={"minutes": minutes})
        for step in (scheduled, told):
            programme.record(programme.order(StreamKind.SESSION, name, step, DIVISION))
    catch_up(projector)
    with views.reading() as conn:
        twice_found = findings.Filters(code=FindingCode.MINUTES_TWICE)
        (finding,) = findings.find(conn, twice_found).rows
    assert finding.open
    assert {each.stream for each in finding.rests_on} == {
        stream_id(StreamKind.SESSION, programme.sessions["taza"]),
        stream_id(StreamKind.SESSION, twice),
    }
