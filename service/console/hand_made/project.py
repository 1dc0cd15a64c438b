"""A project's form, proposed or told anew: its plan of finance with sums and ceilings, and what was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.rules import NEWEST, FundingSource, HolderKind, Rules
from domain.values.money import NOTHING
from service.console.choices.asking import Choosing
from service.console.choices.of_case import ALL, labels_of
from service.console.failures import ISOLATED
from service.console.forms.answers import Complaint
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade, rules_of
from service.console.hand_made.plan_of_finance import Limit, Line, Plan, plan_typed
from service.queries.history import get_project_history
from service.words import writing
from service.words.language import Language
from service.words.store import words

PAYERS = "items.payers"
"""Of the boxes that say whose parts are asked for: no answers, but which columns are shown."""
WHERE = ("premises", "address", "permits")


@dataclass(frozen=True, slots=True)
class Standing:
    """The project as it stands, before it is told anew."""

    plan: Plan
    holder: HolderKind
    given_up: frozenset[int]
    """Items that are not wanted any more; they keep their numbers."""
    where: Mapping[str, Any]
    """Premises, address, permits."""

    def line(self, number: int) -> Line | None:
        return next((each for each in self.plan.lines if each.number == number), None)


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What stands beside the questions of a project."""

    plan: Plan
    limits: tuple[Limit, ...]
    columns: tuple[FundingSource, ...]
    """The sources whose parts are asked for."""
    was: Standing | None

    def changed(self, line: Line) -> Line | None:
        """The item as it was, where it becomes another."""
        before = self.was.line(line.number) if self.was else None
        return None if before == line else before

    def is_new(self, line: Line) -> bool:
        return self.was is not None and self.was.line(line.number) is None

    @property
    def left_out(self) -> tuple[Line, ...]:
        """Items that were in the plan, and are not any more."""
        kept = {each.number for each in self.plan.lines}
        lines = self.was.plan.lines if self.was else ()
        return tuple(each for each in lines if each.number not in kept)


async def facts(asking: Asking) -> Mapping[str, Any]:
    was = await standing(asking)
    plan = plan_typed(asking.typed)
    rules = _rules(asking)
    told = asking.typed.get("holder_kind", "")
    holder = HolderKind(told) if told in set(HolderKind) else HolderKind.PERSON
    holder = was.holder if was else holder
    return {
        "project": ProjectFacts(
            plan=plan,
            limits=tuple(plan.limits(rules.ceilings, holder)) if plan.cost > NOTHING else (),
            columns=_columns(plan, asking.typed),
            was=was,
        ),
        "amiss": tuple(amiss(plan, asking.visit.language)),
    }


def _rules(asking: Asking) -> Rules:
    return rules_of(asking.case) if asking.case else NEWEST


def _columns(plan: Plan, typed: Mapping[str, str]) -> tuple[FundingSource, ...]:
    """Those who are ticked, and who have a part already."""
    return tuple(
        each for each in FundingSource if typed.get(f"{PAYERS}.{each}") or each in plan.payers
    )


def amiss(plan: Plan, language: Language) -> Iterator[Complaint]:
    """Each item whose parts do not come to its price."""
    said = words(language).page
    for row, line in enumerate(plan.lines):
        if line.price > NOTHING and not line.agrees:
            name = "plan_parts_too_much" if line.too_much else "plan_parts_too_little"
            by, price = (
                ISOLATED.format(writing.amount(each, language))
                for each in (line.too_much or line.too_little, line.price)
            )
            text = said[name].format(amount=by, price=price)
            yield Complaint(f"items.{row}.estimated", text)


async def standing(asking: Asking) -> Standing | None:
    """What is told anew, as it was; None of a project that is new."""
    track = Choosing(
        asking.visit, asking.step, asking.about, asking.typed, PAYERS
    ).track_with_project
    if asking.step not in TOLD_ANEW or track is None or track.project_id is None:
        return None
    history = await asking.visit.ask(get_project_history, track.project_id, ALL)
    state, labels = history.state, labels_of(history)
    told = [each.fields for each in history.events if "premises" in each.fields]
    items = {int(number): item for number, item in state.get("items", {}).items()}
    return Standing(
        plan=Plan(
            tuple(_stood(number, item, labels) for number, item in sorted(items.items())),
            Decimal(state.get("start_up_cash", NOTHING)),
        ),
        holder=HolderKind(state.get("holder_kind", HolderKind.PERSON)),
        given_up=frozenset(number for number, item in items.items() if item["dropped"]),
        where={name: told[-1].get(name) for name in WHERE} if told else {},
    )


def _stood(number: int, item: Mapping[str, Any], labels: Mapping[int, str]) -> Line:
    return Line(
        number=number,
        label=labels.get(number, ""),
        quantity=item["quantity"],
        price=Decimal(item["estimated"]),
        own_cash=Decimal(item["own_cash"]),
        own_in_kind=Decimal(item["own_in_kind"]),
        shares={FundingSource(each): Decimal(sum_) for each, sum_ in item["sources"].items()},
    )


async def known(asking: Asking) -> Mapping[str, str]:
    """With what a project that is told anew begins, where nothing was typed yet: all that stands."""
    begun = any(name.startswith("items.") for name in asking.typed)
    was = None if begun else await standing(asking)
    if was is None:
        return {}
    point = "." if asking.visit.language is Language.ENGLISH else ","
    items = [_as_told(each, point) for each in was.plan.lines]
    cash = _plain(was.plan.start_up_cash, point)
    return refilled(asking.questions, {"items": items, "start_up_cash": cash, **was.where})


def _as_told(line: Line, point: str) -> Mapping[str, Any]:
    shares = (
        {"source": source, "amount": _plain(sum_, point)} for source, sum_ in line.shares.items()
    )
    return {
        "label": line.label,
        "quantity": line.quantity,
        "estimated": _plain(line.price, point),
        "own_cash": _plain(line.own_cash, point),
        "own_in_kind": _plain(line.own_in_kind, point),
        "sources": [*shares],
    }


def _plain(sum_: Decimal, point: str) -> str | None:
    """As somebody would type it; nothing is left empty."""
    return f"{sum_:f}".removesuffix(".00").replace(".", point) if sum_ else None


MADE = HandMade("hand_made/project.html", "hand_made/project_check.html", facts, known=known)
TOLD_ANEW = frozenset({"revise-project", "change-project"})
FORMS = dict.fromkeys(("propose-project", *sorted(TOLD_ANEW)), MADE)
