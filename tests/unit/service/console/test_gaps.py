"""Nothing to show is told in four ways, and none is taken for another."""

from datetime import date

import pytest

from domain.message import Role
from projections.views.caseload import Case
from service.console.showing.gaps import Gap, Missing, missing_of
from service.words.language import Language
from service.words.store import words

ERASED = date(2026, 3, 3)


def test_who_may_not_see_a_name_is_told_so_whatever_became_of_it() -> None:
    for erased_on, lost in ((None, False), (ERASED, False), (None, True)):
        found = missing_of(Case, "name_ar", Role.DIVISION, erased_on=erased_on, key_lost=lost)
        assert found == Missing(Gap.NOT_SHOWN)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR, Role.AUDITOR])
def test_who_may_see_it_is_told_what_became_of_it(role: Role) -> None:
    assert missing_of(Case, "name_ar", role) == Missing(Gap.NOT_RECORDED)
    assert missing_of(Case, "name_ar", role, erased_on=ERASED) == Missing(Gap.ERASED, ERASED)
    assert missing_of(Case, "name_ar", role, key_lost=True) == Missing(Gap.KEY_LOST)


def test_each_gap_has_words_of_its_own() -> None:
    for language in Language:
        said = [words(language).page[f"gap_{gap}"] for gap in Gap]
        assert len(set(said)) == len(Gap)
