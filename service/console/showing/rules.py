"""What two versions of the rules say differently, in the reader's words: a line for each number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from service.queries.rules import RuleDiffers
from service.words import writing
from service.words.language import Language
from service.words.store import words

SHARES = frozenset({"share", "own_part_in_kind", "new_study_share"})
DAYS_OF_YEAR = frozenset({"school_year_begins", "school_year_ends"})
NOTHING = "–"
CODES = (
    "FundingSource",
    "HolderKind",
    "DecidingBody",
    "ExemptionReason",
    "PaperKind",
    "ReviewKind",
)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One number, or list of them, that differs."""

    name: str
    before: tuple[str, ...]
    """Each by itself: a page writes them apart, so that none is torn in a line that runs the other way."""
    after: tuple[str, ...]


def rule_lines(differences: Iterable[RuleDiffers], language: Language) -> Iterator[RuleLine]:
    for each in differences:
        before, after = (dict(_flat((each.rule,), value)) for value in (each.before, each.after))
        for path in dict.fromkeys((*before, *after)):
            old, new = before.get(path), after.get(path)
            if old != new:
                said = (_values(path, value, language) for value in (old, new))
                yield RuleLine(_name(path, language), *said)


def _flat(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What stands inside, by where it stands."""
    if isinstance(value, Mapping):
        for name, inside in value.items():
            yield from _flat((*path, name), inside)
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for place, inside in enumerate(value, start=1):
            yield from _flat((*path, str(place)), inside)
    else:
        yield path, value


def _name(path: tuple[str, ...], language: Language) -> str:
    rule, *rest = path
    parts = [words(language).page[f"rule_{rule}"], *(_word(each, language) for each in rest)]
    return f"{writing.COMMA[language]} ".join(parts)


def _word(code: str, language: Language) -> str:
    """Of a code, a step or a part of a rule; what has no word stands as it is."""
    said = words(language)
    if code in said.step:
        return said.step[code]
    for enum in CODES:
        if code in said.code[enum]:
            return said.code[enum][code]
    return said.page.get(f"rule_part_{code}", code)


def _values(path: tuple[str, ...], value: Any, language: Language) -> tuple[str, ...]:
    if value is None or value == []:
        return (NOTHING,)
    if path[0] in DAYS_OF_YEAR:
        return (_of_year(value, language),)
    if isinstance(value, list):
        return tuple(_one(path[-1], each, language) for each in value)
    return (_one(path[-1], value, language),)


def _one(name: str, value: Any, language: Language) -> str:
    if name in SHARES:
        share = writing.number(round(float(value) * 100), language)
        return f"{share}\u00a0%"
    if name == "amount":
        return str(writing.amount(Decimal(str(value)), language))
    if isinstance(value, int):
        return writing.number(value, language)
    if name == "alternative_penalties_since":
        return writing.day(date.fromisoformat(value), language)
    return _word(str(value), language)


def _of_year(value: list[int], language: Language) -> str:
    month, day = value
    return writing.day(date(2023, month, day), language).rsplit(" ", 1)[0]
