"""The auditor's checks: what each looks for, up to which entry it has looked, and what it found.

The standing ones are kept up with what is recorded. The others are run: what a run came to is an entry
of the house's upkeep (`domain/upkeep`), by whoever ran it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from domain.checks.key_once import only_step, short_lived
from domain.message import Envelope, Message
from domain.upkeep.events import OperatorActed
from domain.upkeep.path import STREAM
from domain.upkeep.vocabulary import Act, Fact
from projections.views import findings
from service.access.reader import Reading
from service.queries.upkeep import ACTS, OperatorAct, act_of


class CheckRun(Message):
    """The last run of a check that goes through everything."""

    kind: str
    """Which: `verify`, `reconcile`."""
    result: str
    covered: int | None
    """The entry up to which it went."""
    ran_at: datetime
    account: str
    position: int
    """Of the entry that says so."""


class KeyUsedOnce(Message):
    """An access key that was used for one step soon after its issue, and not again."""

    key_id: UUID
    staff_id: UUID
    issued_on: date
    issued_by: UUID
    revoked: bool
    step: str
    """By its name in the API; of custody as everybody may read it."""
    position: int
    """Of the step's first entry."""


class CheckList(Message):
    standing: tuple[findings.CheckCount, ...]
    position: int
    """Up to this entry of the ledger the standing checks have looked."""
    head: int
    """The ledger's last entry."""
    runs: tuple[CheckRun, ...]
    """Of each kind the last, the latest first."""
    keys_used_once: tuple[KeyUsedOnce, ...]
    acts: tuple[OperatorAct, ...]
    """What operators did lately, the latest first."""


def list_checks(reading: Reading) -> CheckList:
    position = reading.views.position()
    with reading.views.reading() as conn:
        standing = findings.counted(conn, reading.today)
    last = reading.ledger.state(STREAM).version
    told = reading.ledger.history(STREAM, after=max(0, last - ACTS))
    acts = [
        act_of(each, each.event) for each in reversed(told) if isinstance(each.event, OperatorActed)
    ]
    return CheckList(
        standing=tuple(standing),
        position=position,
        head=reading.ledger.head(),
        runs=tuple(_runs(acts)),
        keys_used_once=tuple(_keys_used_once(reading)),
        acts=tuple(each for each in acts if each.act != Act.CHECKED),
    )


SCANNED = 20_000
"""So many entries after a key's issue are looked at, at most: two days of a large house."""
KEYS = 50
PART = 500


def _keys_used_once(reading: Reading) -> Iterator[KeyUsedOnce]:
    """Of the keys that were soon over, the last issued ones."""
    keys = reading.directory.staff().keys.values()
    short = sorted(
        short_lived(keys, reading.uses.last(), reading.clock()),
        key=lambda each: each.key.position,
        reverse=True,
    )
    for each in short[:KEYS]:
        step = only_step(each, _entries_after(reading, each.key.position))
        if step is not None:
            yield KeyUsedOnce(
                key_id=each.key.key_id,
                staff_id=each.key.staff_id,
                issued_on=each.key.issued_on,
                issued_by=each.key.issued_by,
                revoked=each.key.revoked_at is not None,
                step=step.step,
                position=step.position,
            )


def _entries_after(reading: Reading, position: int) -> Iterator[Envelope]:
    """What stands in the clear of them: nobody's words are read for it."""
    feed = reading.ledger.feed
    stored = islice(feed.after(position, ()), SCANNED)
    while part := list(islice(stored, PART)):
        yield from feed.about(part)


def _runs(acts: list[OperatorAct]) -> list[CheckRun]:
    found: dict[str, CheckRun] = {}
    for each in acts:
        kind = each.facts.get(Fact.KIND, "")
        if each.act != Act.CHECKED or kind in found:
            continue
        covered = each.facts.get(Fact.POSITION, "")
        found[kind] = CheckRun(
            kind=kind,
            result=each.facts.get(Fact.RESULT, ""),
            covered=int(covered) if covered.isdecimal() else None,
            ran_at=each.recorded_at,
            account=each.account,
            position=each.position,
        )
    return list(found.values())
