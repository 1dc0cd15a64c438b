"""The lines of a ceremony's list, as a page tells them: who, what they get, what is missing."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

from domain.message import Role
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.queries.ceremonies import ItemStanding, Line, LineStanding, ListedItem
from service.words import writing
from service.words.language import Language
from service.words.store import words

TAGS = {
    LineStanding.LISTED: "wait",
    LineStanding.READY: "due",
    LineStanding.TOLD: "done",
    LineStanding.LATER: "scheduled",
    LineStanding.ABSENT: "dash",
    LineStanding.REPLACED: "struck",
}
"""The sign of each, in the order in which a page tells them: what lacks something first."""
CONFIRMING = "confirm-delivery"
STEPS = (CONFIRMING, "take-off-ceremony")
"""What is recorded of a line that waits."""
WAITING = frozenset({LineStanding.LISTED, LineStanding.READY})
IN_HAND = frozenset({ItemStanding.RECEIVED, ItemStanding.DELIVERED})


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item, and why it cannot be handed over, or was not, where that is so."""

    label: str | Missing
    lacks: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What must come before anything can be handed over, and the step that mends it."""

    text: str
    step: StepLink | None = None
    """None where it is not the reader's."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One person's line."""

    case_id: UUID | None
    """None where the case is not the reader's to open."""
    reference: str | None
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    state: LineStanding
    sign: str
    items: tuple[ItemLine, ...]
    cash_grant: Decimal | None
    goods: Decimal
    """What was handed over on the day (MAD), and so is the cash."""
    cash: Decimal
    lacks: tuple[Lack, ...]
    steps: tuple[StepLink, ...]

    @property
    def waits(self) -> bool:
        return self.state in WAITING


def list_lines(
    lines: Iterable[Line],
    role: Role,
    centre: str | None,
    language: Language,
    may: Collection[str] = (),
) -> list[ListLine]:
    """`may`: the steps on a case that the reader takes on a line that waits."""
    order = list(TAGS)
    told = (_line(line, role, centre, language, may) for line in lines)
    return sorted(told, key=lambda line: (order.index(line.state), line.reference or ""))


def _line(
    line: Line, role: Role, centre: str | None, language: Language, may: Collection[str]
) -> ListLine:
    untold = Missing(Gap.NOT_SHOWN)
    missing = missing_of(Line, "name_ar", role, erased_on=line.erased_on, key_lost=line.key_lost)
    return ListLine(
        case_id=line.case_id if centre in (None, line.centre) else None,
        reference=line.reference,
        names=writing.names(line.name_ar, line.name_latin, language),
        missing=missing if line.reference else untold,
        state=line.state,
        sign=TAGS[line.state],
        items=tuple(
            ItemLine(each.label or missing, _why_not(each, language)) for each in line.items
        ),
        cash_grant=line.cash_grant,
        goods=line.goods,
        cash=line.cash,
        lacks=tuple(_lacks(line, _Offered(may, language, centre in (None, line.centre)))),
        steps=tuple(_steps(line, may, language)),
    )


def _why_not(item: ListedItem, language: Language) -> str:
    said = words(language)
    if item.kept_back is not None:
        return said.of(item.kept_back)
    return "" if item.standing in IN_HAND else said.of(item.standing)


@dataclass(frozen=True, slots=True)
class _Offered:
    """What the reader may record, in their words."""

    may: Collection[str]
    language: Language
    theirs: bool
    """Whether the case is theirs to open: of a line that is lent nothing but the line is."""

    def link(self, step: str, collection: str = "", on: UUID | None = None) -> StepLink | None:
        if step not in self.may or not self.theirs:
            return None
        return StepLink(step, words(self.language).step[step], form_at(step, collection, on or ""))


def _lacks(line: Line, offered: _Offered) -> Iterator[Lack]:
    """Of a line that waits: the undertaking, and each standing of items that are not in, once."""
    said = words(offered.language)
    if line.state not in WAITING:
        return
    if line.undertaking_signed is False:
        step = offered.link("sign-undertaking", "cases", line.case_id)
        yield Lack(said.page["undertaking_missing"], step)
    absent = [item for item in line.items if item.standing not in IN_HAND]
    for standing, order in dict.fromkeys((item.standing, item.order_id) for item in absent):
        step = offered.link("receive-lines", "orders", order) if order else None
        if standing is ItemStanding.NOT_ORDERED:
            step = offered.link("place-order")
        yield Lack(said.of(standing), step)


def _steps(line: Line, may: Collection[str], language: Language) -> Iterator[StepLink]:
    """On the case; what lacks has its own."""
    if line.state not in WAITING or line.reference is None:
        return
    said = words(language)
    for step in STEPS:
        if step in may:
            address = form_at(step, "cases", line.case_id)
            if step == CONFIRMING:
                address = at_the_table(line.case_id, line.ceremony_id)
            yield StepLink(step, said.step[step], address)


def at_the_table(case_id: UUID, ceremony_id: UUID, **beside: str) -> str:
    """The form of one line while the ceremony is held.

    `beside`: the key of what was `sent` before; a key for the `form`, where it leads there at once.
    """
    asked = urlencode({"ceremony": ceremony_id, **beside})
    return f"{form_at(CONFIRMING, 'cases', case_id)}?{asked}"
