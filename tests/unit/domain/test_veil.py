"""What tells of custody by being recorded is known outside as something neutral."""

from datetime import date

from domain.case import events as e
from domain.case.custody import events as custody
from domain.case.custody.path import CUSTODY
from domain.case.custody.vocabulary import ReleaseKind
from domain.commands import outward_step
from domain.events.stored import EVENTS
from domain.events.veil import as_seen, month_of, outward, outward_day, veiled
from domain.message import ENCRYPTED, FieldClass
from tests.support.samples import sample

BEHIND = {name for name, cls in EVENTS.items() if cls.veil is not None}


def test_every_event_of_custody_is_behind_the_veil_and_no_other() -> None:
    made = {event.stored for row in CUSTODY.rows for event in row.makes}
    assert made | {"CircumstancesMended"} == BEHIND
    assert {outward(EVENTS[name]) for name in BEHIND} == {e.CircumstancesRecorded}


def test_no_name_that_the_veil_leaves_tells_of_custody() -> None:
    veil = custody.ReleaseRecorded.veil
    assert veil is not None
    for name in (veil.event.stored, veil.event.__name__, veil.step):
        assert not any(
            word in name.lower() for word in ("prison", "detention", "release", "custody")
        )


def test_what_is_left_is_a_neutral_event_on_the_first_of_its_month() -> None:
    recorded = sample(custody.ReleaseRecorded)
    left = veiled(recorded)
    assert left.event == e.CircumstancesRecorded()
    assert left.envelope == recorded.envelope._replace(
        event_type="CircumstancesRecorded",
        step="record-circumstances",
        occurred_on=date(2024, 7, 1),
    )
    assert outward_day(recorded) == left.envelope.occurred_on == month_of(date(2024, 7, 31))


def test_an_event_without_a_veil_is_known_as_it_is() -> None:
    recorded = sample(e.NoteAdded)
    assert veiled(recorded) is recorded
    assert as_seen(recorded, ()) is recorded
    assert outward(e.NoteAdded) is e.NoteAdded
    assert outward_day(recorded) == recorded.envelope.occurred_on


def test_who_may_read_what_is_judicial_sees_through() -> None:
    recorded = sample(custody.ReleaseRecorded)
    assert as_seen(recorded, {FieldClass.JUDICIAL}) is recorded
    assert as_seen(recorded, frozenset(FieldClass) - ENCRYPTED) == veiled(recorded)
    assert isinstance(recorded.event, custody.ReleaseRecorded)
    assert recorded.event.release is next(iter(ReleaseKind))


def test_a_step_is_named_where_anybody_reads_as_its_event_is() -> None:
    assert outward_step("record-release") == outward_step("record-pardon") == "record-circumstances"
    assert outward_step("add-note") == "add-note"
    assert outward_step("getCase") == "getCase"
