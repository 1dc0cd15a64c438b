"""The auditor's checks: what each looks for, up to which entry it has looked, and what it found.

The standing ones are kept up with what is recorded. The others are run: what a run came to is an entry
of the house's upkeep (`domain/upkeep`), by whoever ran it.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile

from pydantic import Field

from domain.message import Message
from domain.upkeep.events import OperatorActed
from domain.upkeep.path import STREAM
from domain.upkeep.vocabulary import Act, Fact
from projections.views import findings
from service.access.reader import Reading
from service.queries.upkeep import ACTS, OperatorAct, act_of


class DifferenceFound(Message):
    """One thing that is not as the ledger has it."""

    kind: str = Field(examples=["workflow"])
    """`workflow`, or which view."""
    of: str = Field(examples=["case/6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"])
    """Whose: a stream, or an id."""
    result: str = Field(examples=["behind: ledger 5, workflow 4"])
    position: int
    """Of the entry that says so."""


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
    not_looked_at: int
    """So many parts could not be compared, such as workflows while Temporal was away."""
    differences: tuple[DifferenceFound, ...]
    """The first twenty; the result says how many there are."""


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
        acts=tuple(each for each in acts if each.act not in OF_CHECKS),
    )


OF_CHECKS = frozenset({Act.CHECKED, Act.DIFFERENCE_FOUND})
RECONCILED = "reconcile"


def _runs(acts: list[OperatorAct]) -> list[CheckRun]:
    """`acts`: the latest first, so the differences that a run found come after it."""
    found: dict[str, CheckRun] = {}
    for at, each in enumerate(acts):
        kind = each.facts.get(Fact.KIND, "")
        if each.act != Act.CHECKED or kind in found:
            continue
        covered, failed = (each.facts.get(fact, "") for fact in (Fact.POSITION, Fact.FAILED))
        found[kind] = CheckRun(
            kind=kind,
            result=each.facts.get(Fact.RESULT, ""),
            covered=int(covered) if covered.isdecimal() else None,
            ran_at=each.recorded_at,
            account=each.account,
            position=each.position,
            not_looked_at=int(failed) if failed.isdecimal() else 0,
            differences=tuple(_differences(acts[at + 1 :])) if kind == RECONCILED else (),
        )
    return list(found.values())


def _differences(before: list[OperatorAct]) -> Iterator[DifferenceFound]:
    """Those that are told between a run's end and the end of the one before."""
    for each in takewhile(lambda act: act.facts.get(Fact.KIND) != RECONCILED, before):
        if each.act == Act.DIFFERENCE_FOUND:
            yield DifferenceFound(
                kind=each.facts.get(Fact.KIND, ""),
                of=each.facts.get(Fact.OF, ""),
                result=each.facts.get(Fact.RESULT, ""),
                position=each.position,
            )
