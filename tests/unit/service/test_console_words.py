"""The console has a word, in each language, for everything it may have to name."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.vocabulary import Stage
from domain.commands import step_name
from domain.message import StreamKind
from domain.path import PATH
from domain.stored import EVENTS
from domain.trades import Trade
from service.access.table import STEPS
from service.words import console as texts
from service.words.problems import Language

SHOWN = (StreamKind.CASE, StreamKind.BENEFICIARY)
CASE_STEPS = [step_name(row.step) for part in PATH for row in part.rows]
NEEDED: dict[str, Iterable[str]] = {
    "stage": Stage,
    "status": ReviewStatus,
    "review": ReviewKind,
    "trade": Trade,
    "part": [part.name for part in PATH],
    "step": [name for name in CASE_STEPS if name in STEPS],
    "event": [name for name, event in EVENTS.items() if event.stream in SHOWN],
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("section", NEEDED)
def test_every_code_has_a_word(language: Language, section: str) -> None:
    assert set(NEEDED[section]) <= texts.words(language)[section].keys()


@pytest.mark.parametrize("language", Language)
def test_the_languages_say_the_same_things(language: Language) -> None:
    english = texts.words(Language.ENGLISH)
    assert {section: set(words) for section, words in texts.words(language).items()} == {
        section: set(words) for section, words in english.items()
    }


def test_dates_and_amounts_are_written_as_morocco_writes_them() -> None:
    assert texts.day(date(2024, 8, 19), Language.ARABIC) == "19 غشت 2024"
    assert texts.moment(datetime(2026, 7, 1, 8, tzinfo=UTC), Language.FRENCH).endswith("09:00")
    assert texts.money("1594075.8") == "1\u202f594\u202f075.80\u202fMAD"


def test_a_name_comes_in_the_readers_script_first() -> None:
    assert texts.both_names("سلمى", "Salma", Language.ARABIC) == ("سلمى", "Salma")
    assert texts.both_names("سلمى", "Salma", Language.FRENCH) == ("Salma", "سلمى")
    assert texts.both_names(None, "Salma", Language.ARABIC) == ("Salma", "")
