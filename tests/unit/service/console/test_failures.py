"""What a page says of a failure: what happened and what to do, and nothing of another centre."""

import pytest

from domain.errors import (
    JisrError,
    LedgerLost,
    NotAllowed,
    NotFound,
    Refused,
    Unavailable,
    Unexpected,
)
from service.console.failures import told_of
from service.problems.problem import Rejected
from service.words.language import Language
from service.words.store import words

SAID = words(Language.FRENCH).page


@pytest.mark.parametrize(
    "error", [NotFound(), NotAllowed(), Refused("case_not_found"), Refused("other_centre")]
)
def test_what_is_not_there_and_what_is_anothers_are_told_alike(error: JisrError) -> None:
    told = told_of(error, Language.FRENCH)
    assert (told.title, told.help) == (SAID["not_here"], SAID["not_here_help"])
    assert told.status == 404


def test_an_outage_says_that_nothing_is_lost_and_which_part_is_away() -> None:
    told = told_of(Unavailable(), Language.FRENCH)
    assert (told.title, told.help) == (SAID["unavailable"], SAID["unavailable_help"])
    assert told.status == 503
    lost = told_of(LedgerLost(), Language.FRENCH)
    assert lost.status == 503
    assert words(Language.FRENCH).problem["ledger_lost"]["detail"] in lost.help


def test_a_fault_of_ours_has_a_number_to_tell() -> None:
    told = told_of(Unexpected(reference="0a1b2c3d"), Language.FRENCH)
    assert (told.status, told.title, told.reference) == (500, SAID["unexpected"], "0a1b2c3d")


def test_any_other_refusal_says_its_own_reason() -> None:
    told = told_of(Refused("older_key_needed"), Language.FRENCH)
    assert (told.status, told.title) == (
        403,
        words(Language.FRENCH).problem["older_key_needed"]["title"],
    )


@pytest.mark.parametrize("language", Language)
def test_people_read_of_no_bytes_and_no_methods(language: Language) -> None:
    for code in ("body_too_large", "method_not_allowed", "unavailable"):
        told = told_of(Rejected(code, limit=65536), language)
        assert "65" not in told.help
        assert "Allow" not in told.help
        assert "Idempotency" not in told.help
