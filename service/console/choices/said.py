"""How a candidate is said: each part keeps its own direction, for a list that opens holds text only."""

from datetime import date
from decimal import Decimal

from projections.views.session_rows import SessionRow
from service.queries.tracks import TrackAnswer
from service.words import writing
from service.words.language import Language
from service.words.store import words

ISOLATED = "\u2068{}\u2069"


def parts(language: Language, *said: object) -> str:
    """The parts that say anything, one after another."""
    shown = (ISOLATED.format(each) for each in said if each not in (None, ""))
    return f"{writing.COMMA[language]} ".join(shown)


def labelled(name: str, value: object, language: Language) -> str:
    """`Left: 28 000,00 DH`, where there is anything."""
    return f"{name}{writing.COLON[language]} {value}"


def money(value: Decimal, language: Language) -> str:
    return str(writing.amount(value, language))


def day(when: date | None, language: Language) -> str:
    return "" if when is None else writing.day(when, language)


def track_label(track: TrackAnswer, language: Language) -> str:
    """Its kind, its trade where it has one, and since when."""
    said = words(language)
    kind = said.code["TrackKind"][track.kind]
    trade = said.of(track.trade) if track.trade else ""
    return parts(language, kind, trade, day(track.opened_on, language))


def region_or_committee(row: SessionRow, language: Language) -> str:
    """Who decides: a committee by its name, a region, or the kind of body."""
    named = getattr(row, "committee_name", None) or getattr(row, "region_name", None)
    return named or words(language).of(row.body)
