"""Names are compared however they are spelled, and what is written as asked is known."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projections.views.spelling import patterns, search_text, words


def as_asked(query: str, *names: str) -> bool:
    """As the database would look: LIKE with % alone."""
    text = search_text(*names)
    return any(all(part.strip("%") in text for part in way) for way in patterns(query))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("أحمد", "احمد"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("مُحَمَّد", "محمد"),
        ("العمراني", "عمراني"),
        ("عبد الله", "عبدالله"),
        ("عبدالله", "عبد الله"),
        ("Élodie", "elodie"),
        ("M’hamed", "m'hamed"),
        ("El-Amrani", "elamrani"),
        ("Straße", "strasse"),
        ("Ɣita", "ghita"),
    ],
)
def test_what_only_differs_in_signs_is_written_as_asked(name: str, query: str) -> None:
    assert as_asked(query, name)


@pytest.mark.parametrize(("name", "query"), [("Youssef", "yousef"), ("سمير", "سميا")])
def test_what_is_only_alike_is_not(name: str, query: str) -> None:
    assert not as_asked(query, name)


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "'", "ـ", "َ"])
def test_a_query_without_letters_asks_for_nothing(query: str) -> None:
    assert patterns(query) == []


@given(st.text(max_size=40))
def test_a_name_is_always_written_as_itself(name: str) -> None:
    assert not words(name) or as_asked(name, name)


@given(st.text(max_size=40))
def test_what_is_compared_has_no_sign_that_means_something_to_like(name: str) -> None:
    assert all(sign.isalnum() for word in words(name) for sign in word)


@given(st.text(max_size=40))
@example("𝓐")
def test_comparing_twice_changes_nothing(name: str) -> None:
    once = words(name)
    assert words(" ".join(once)) == once


def test_erased_names_leave_nothing_to_search() -> None:
    assert search_text(None, None) == ""
