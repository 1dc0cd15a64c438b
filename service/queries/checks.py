"""The auditor's checks: what each looks for, up to which entry it has looked, and what it found.

The standing ones are kept up with what is recorded. The others are run: what a run came to is an entry
of the house's upkeep (`domain/upkeep`), by whoever ran it.
"""

from datetime import datetime

from domain.message import Message
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


class CheckList(Message):
    standing: tuple[findings.CheckCount, ...]
    position: int
    """Up to this entry of the ledger the standing checks have looked."""
    head: int
    """The ledger's last entry."""
    runs: tuple[CheckRun, ...]
    """Of each kind the last, the latest first."""
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
        acts=tuple(each for each in acts if each.act != Act.CHECKED),
    )


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
