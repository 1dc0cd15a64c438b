"""Names are found however they are spelled."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projections.views.spelling import patterns, search_text, words


def found(query: str, *names: str) -> bool:
    """As the database would look: LIKE with % alone."""
    text = search_text(*names)
    return any(all(part.strip("%") in text for part in way) for way in patterns(query))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("أحمد", "احمد"),
        ("احمد", "أحمد"),
        ("إدريس", "ادريس"),
        ("آمنة", "امنه"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("مؤمن", "مومن"),
        ("عائشة", "عايشه"),
        ("رجاء", "رجا"),
        ("مُحَمَّد", "محمد"),
        ("محمـــد", "محمد"),
        ("ٱلحسن", "الحسن"),
        ("العمراني", "عمراني"),
        ("عبد الله", "عبدالله"),
        ("عبدالله", "عبد الله"),
        ("بن علي", "بنعلي"),
        ("أڭادير", "اكادير"),
        ("علی", "علي"),
        ("ﻻﻟﺔ", "لاله"),
    ],
)
def test_arabic_spellings_of_one_name_find_each_other(name: str, query: str) -> None:
    assert found(query, name)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Élodie", "elodie"),
        ("SALMA", "salma"),
        ("M'hamed", "mhamed"),
        ("M’hamed", "m'hamed"),
        ("Aït Baha", "ait baha"),
        ("El-Amrani", "elamrani"),
        ("Elamrani", "el amrani"),
        ("Noëlle", "Noelle"),
        ("Ḥasan", "hasan"),
        ("Straße", "strasse"),
    ],
)
def test_latin_spellings_of_one_name_find_each_other(name: str, query: str) -> None:
    assert found(query, name)


def test_words_are_found_by_their_beginning_in_any_order_and_script() -> None:
    names = ("سلمى المثال", "Salma Elmithal")
    for query in ("salma", "elmi sal", "المثال سلمى", "سل مث", "salma المثال"):
        assert found(query, *names), query
    for query in ("alma", "salma hind", "mithalx"):
        assert not found(query, *names), query


def test_different_names_stay_different() -> None:
    assert not found("سمير", "سميرة"[:3] + "ا")
    assert not found("hassan", "hussein")
    assert not found("علي", "علا")


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "'", "ـ", "َ"])
def test_a_query_without_letters_asks_for_nothing(query: str) -> None:
    assert patterns(query) == []


@given(st.text(max_size=40))
def test_a_name_is_always_found_by_itself(name: str) -> None:
    assert not words(name) or found(name, name)


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
