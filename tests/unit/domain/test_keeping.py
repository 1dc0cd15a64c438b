"""How long somebody is kept: by what is kept the longest."""

from datetime import date

from domain.erasure.keeping import kept_of_person
from domain.rules import NEWEST
from domain.rules.vocabulary import Kept

REGISTERED, CLOSED, PAID = date(2020, 2, 29), date(2024, 5, 1), date(2023, 7, 18)


def test_public_goods_are_proved_for_ten_years_after_the_last_of_them() -> None:
    kept = kept_of_person(REGISTERED, [CLOSED], [None, PAID, date(2021, 1, 1)], [NEWEST])
    assert (kept.kept, kept.since, kept.until) == (Kept.PUBLIC_GOODS, PAID, date(2033, 7, 18))


def test_a_case_without_any_goes_five_years_after_the_last_closing() -> None:
    kept = kept_of_person(REGISTERED, [None, CLOSED], [None], [NEWEST])
    assert (kept.kept, kept.until) == (Kept.CASE, date(2029, 5, 1))


def test_a_case_that_was_closed_long_after_the_money_is_kept_for_its_own_time() -> None:
    kept = kept_of_person(REGISTERED, [date(2032, 1, 1)], [PAID], [NEWEST])
    assert (kept.kept, kept.until) == (Kept.CASE, date(2037, 1, 1))


def test_who_never_had_a_case_goes_two_years_after_being_registered() -> None:
    kept = kept_of_person(REGISTERED, [], [], [NEWEST])
    assert (kept.kept, kept.until) == (Kept.REGISTRATION, date(2022, 2, 28))


def test_of_several_cases_the_rules_that_keep_the_longest_count() -> None:
    older = NEWEST.model_copy(update={"case_kept_years": 8})
    kept = kept_of_person(REGISTERED, [CLOSED], [], [NEWEST, older])
    assert (kept.kept, kept.until) == (Kept.CASE, date(2032, 5, 1))
