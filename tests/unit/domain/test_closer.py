"""From every state that honest steps reach, honest steps close every case and every agreement.

`JISR_CLOSER_PROGRAMMES` tries so many programmes instead, `JISR_CLOSER_SEED` begins with that one,
`JISR_CLOSER_LONGER` has them live so many times as long.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NoReturn
from uuid import UUID

import pytest

from domain import commands
from domain.agreement import steps as a
from domain.agreement.state import AgreementState
from domain.case import steps as c
from domain.case.vocabulary import Outcome
from domain.errors import Refused
from domain.message import Step
from domain.steps.handling import Handling
from domain.tracks.self_employment import steps as s
from tests.closer import closing, moves, searching
from tests.closer.books import OnPaper
from tests.closer.closing import NotFallingError, StuckError, close_all
from tests.closer.drawn import wanted
from tests.closer.founding import begun
from tests.closer.programme import go_on
from tests.closer.searching import search
from tests.closer.site import TODAY, DoesNotAddUpError, Site, Try
from tests.closer.whole import live_and_close

PROGRAMMES = int(os.environ.get("JISR_CLOSER_PROGRAMMES", "60"))
FIRST = int(os.environ.get("JISR_CLOSER_SEED", "0"))
LONGER = int(os.environ.get("JISR_CLOSER_LONGER", "1"))
MORE = 300
"""Programmes that may be looked at for what is seldom, and was not drawn in the first."""
LATER = 3
"""So many times as long do those live: what is seldom comes late."""


@pytest.mark.timeout(600)
def test_every_case_and_agreement_of_random_programmes_is_closed() -> None:
    """The same ones each time, and one that nobody has seen. Every kind of step was among them."""
    new, drawn = secrets.randbelow(10**9), Counter[str]()
    print(f"JISR_CLOSER_SEED={new}")  # noqa: T201 - pytest shows it when the test fails
    for seed in (*range(FIRST, FIRST + PROGRAMMES - 1), new):
        drawn += live_and_close(seed, LONGER)
    for seed in range(FIRST + PROGRAMMES, FIRST + PROGRAMMES + MORE):
        if wanted() <= drawn.keys():
            break
        drawn += live_and_close(seed, LATER * LONGER)
    assert wanted() <= drawn.keys(), f"never drawn: {sorted(wanted() - drawn.keys())}"


@dataclass
class Skewed(OnPaper):
    """Books in which an agreement says a centime more than it should."""

    def state(self, stream: str) -> Any:
        state = super().state(stream)
        if isinstance(state, AgreementState) and state.approvals:
            money = replace(state.money, paid=state.money.paid + Decimal("0.01"))
            return replace(state, money=money)
        return state


def test_a_centime_too_much_is_seen_at_once() -> None:
    site = begun(1)
    site.books = Skewed(site.books.copy().paper)  # type: ignore[attr-defined]  # they are on paper
    with pytest.raises(DoesNotAddUpError, match=r"paid is 0\.01, must be 0"):
        go_on(site, 200)


def waiting(site: Site) -> Iterator[UUID]:
    """The cases of those for whom something is approved and not handed over, and nothing is asked."""
    return (
        case for case in site.cases if site.track(case).money_open and not site.case(case).requests
    )


@pytest.fixture
def lived() -> Site:
    """A programme some way along, in which somebody waits."""
    for seed in range(100):
        site = begun(seed)
        go_on(site, 100)
        if any(waiting(site)):
            return site
    raise AssertionError("nobody waits in any of them")


def test_a_rule_that_leaves_no_way_out_is_red(lived: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> NoReturn:
        raise Refused("never")

    row = replace(commands.HANDLINGS[a.CloseAgreement], rule=never)
    rows: dict[type[Step], Handling] = {**commands.HANDLINGS, a.CloseAgreement: row}
    monkeypatch.setattr(commands, "HANDLINGS", rows)
    monkeypatch.setattr(searching, "DEPTH", 2)
    monkeypatch.setattr(searching, "DRAWN", 5)
    with pytest.raises(StuckError, match="agreement"):
        close_all(lived)
    assert search(lived) is None


def test_where_the_closer_alone_knows_no_way_the_search_says_which(
    lived: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has lost the step that gives money back, and there is some in hand."""
    of_agreement = closing.of_agreement

    def without_repaying(site: Site, agreement_id: UUID) -> Iterator[Try]:
        known = of_agreement(site, agreement_id)
        return (each for each in known if not isinstance(each.step, a.RepayFunds))

    lived.outside.unwilling.clear()
    still_open = [each for each in lived.agreements if not lived.agreement(each).closed]
    one = max(still_open, key=lambda each: lived.agreement(each).room)
    more = lived.agreement(one).envelope - lived.agreement(one).come
    assert lived.take(moves.on_agreement(one, moves.received(more))) is not None
    monkeypatch.setattr(closing, "of_agreement", without_repaying)
    with pytest.raises(StuckError):
        close_all(lived)
    found = search(lived)
    assert found is not None
    assert a.RepayFunds in {type(each.step) for each in found}


def test_a_step_that_brings_nothing_nearer_is_red(
    lived: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_case(_: Site, case_id: UUID) -> Iterator[Try]:
        yield moves.on_case(case_id, c.AddNote(occurred_on=TODAY, text="as before"))

    monkeypatch.setattr(closing, "of_case", of_case)
    with pytest.raises(NotFallingError, match="AddNote"):
        close_all(lived)


def test_what_is_not_so_outside_is_not_taken(lived: Site) -> None:
    case = next(waiting(lived))

    def passes(step: Step) -> bool:
        return lived.take(moves.on_case(case, step)) is not None

    gone = c.CloseCase(occurred_on=TODAY, outcome=Outcome.DECEASED)
    end = s.EndApproval(occurred_on=TODAY, explanation="Died.")
    lived.outside.dead.discard(case)
    assert not lived.outside.bears_out(lived, f"case/{case}", gone)
    lived.outside.dead.add(case)
    assert lived.outside.bears_out(lived, f"case/{case}", gone)
    assert not passes(gone), "its money is open"
    assert passes(end)
    assert not passes(gone), "nobody confirmed yet"
    assert passes(c.ConfirmCaseRequest(occurred_on=TODAY))
    assert not passes(gone), "no death is recorded yet"
    assert passes(moves.death())
    assert passes(gone)
