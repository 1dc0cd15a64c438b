"""A key that was issued for one step: found when it is over, and not where people work with it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.case.events import NoteAdded
from domain.checks.key_once import only_step, short_lived
from domain.message import Envelope
from domain.staff.keys import AccessKey
from tests.unit.domain.checks.test_rules import told

KEY, WHO = UUID(int=3), UUID(int=4)
ISSUED = datetime(2024, 7, 18, 8, tzinfo=UTC)
NOW = ISSUED + timedelta(days=60)
HOUR = timedelta(hours=1)


def issued(revoked_at: datetime | None = None) -> AccessKey:
    return AccessKey(KEY, WHO, "", date(2025, 7, 18), ISSUED.date(), ISSUED, WHO, 7, revoked_at)


def entries(*commands: int) -> list[Envelope]:
    """Of steps that were taken with the key on its first day, each by its command."""
    recorded = told(*({"event": NoteAdded()} for _ in commands))
    return [
        each.envelope._replace(
            actor=each.envelope.actor.model_copy(update={"credential": KEY}),
            command_id=UUID(int=command),
        )
        for each, command in zip(recorded, commands, strict=True)
    ]


@pytest.mark.parametrize(("commands", "found"), [((), 0), ((1, 1), 1), ((1, 2), 0)])
def test_one_step_of_several_entries_is_one(commands: tuple[int, ...], found: int) -> None:
    (short,) = short_lived([issued(ISSUED + 9 * HOUR)], {}, NOW)
    step = only_step(short, entries(*commands))
    assert (step is not None) == bool(found)


def test_a_key_counts_once_it_is_over_or_left() -> None:
    used = {KEY: ISSUED + HOUR}
    assert not list(short_lived([issued()], {}, NOW)), "never used"
    assert list(short_lived([issued()], used, NOW)), "nobody came with it since"
    assert not list(short_lived([issued()], used, ISSUED + timedelta(days=9))), "it is young"
    assert not list(short_lived([issued()], {KEY: NOW - HOUR}, NOW)), "it is worked with"
    assert not list(short_lived([issued(ISSUED + timedelta(days=9))], {}, NOW))


def test_what_others_record_and_what_comes_later_does_not_count() -> None:
    (short,) = short_lived([issued(ISSUED + 9 * HOUR)], {}, NOW)
    (own,) = entries(1)
    other = own._replace(actor=own.actor.model_copy(update={"credential": None}))
    later = own._replace(recorded_at=NOW, command_id=UUID(int=9))
    assert only_step(short, [other, own, other, later]) == own
