"""Amounts in words are those that a notary would write, in Arabic and in French."""

from decimal import Decimal

import pytest

from service.printing.in_words import in_words
from service.words.language import Language

ARABIC = {
    "0": "صفر درهم",
    "1": "درهم واحد",
    "2": "درهمان",
    "3": "ثلاثة دراهم",
    "10": "عشرة دراهم",
    "11": "أحد عشر درهما",
    "12": "اثنا عشر درهما",
    "20": "عشرون درهما",
    "21": "واحد وعشرون درهما",
    "99": "تسعة وتسعون درهما",
    "100": "مائة درهم",
    "101": "مائة درهم ودرهم واحد",
    "102": "مائة درهم ودرهمان",
    "103": "مائة وثلاثة دراهم",
    "111": "مائة وأحد عشر درهما",
    "200": "مائتا درهم",
    "203": "مائتان وثلاثة دراهم",
    "1000": "ألف درهم",
    "2000": "ألفا درهم",
    "2100": "ألفان ومائة درهم",
    "3000": "ثلاثة آلاف درهم",
    "11000": "أحد عشر ألف درهم",
    "11100": "أحد عشر ألفا ومائة درهم",
    "20000": "عشرون ألف درهم",
    "100000": "مائة ألف درهم",
    "101000": "مائة ألف وألف درهم",
    "200000": "مائتا ألف درهم",
    "1000000": "مليون درهم",
    "2000000": "مليونا درهم",
    "3000000": "ثلاثة ملايين درهم",
    "10000000": "عشرة ملايين درهم",
    "0.50": "خمسون سنتيما",
    "1.01": "درهم واحد وسنتيم واحد",
    "28780.18": "ثمانية وعشرون ألفا وسبعمائة وثمانون درهما وثمانية عشر سنتيما",
}
FRENCH = {
    "0": "zéro dirham",
    "1": "un dirham",
    "2": "deux dirhams",
    "17": "dix-sept dirhams",
    "21": "vingt et un dirhams",
    "70": "soixante-dix dirhams",
    "71": "soixante et onze dirhams",
    "77": "soixante-dix-sept dirhams",
    "80": "quatre-vingts dirhams",
    "81": "quatre-vingt-un dirhams",
    "91": "quatre-vingt-onze dirhams",
    "99": "quatre-vingt-dix-neuf dirhams",
    "100": "cent dirhams",
    "101": "cent un dirhams",
    "200": "deux cents dirhams",
    "201": "deux cent un dirhams",
    "1000": "mille dirhams",
    "1001": "mille un dirhams",
    "2000": "deux mille dirhams",
    "80000": "quatre-vingt mille dirhams",
    "200000": "deux cent mille dirhams",
    "1000000": "un million de dirhams",
    "2000000": "deux millions de dirhams",
    "2000001": "deux millions un dirhams",
    "10000000": "dix millions de dirhams",
    "0.01": "un centime",
    "28780.18": "vingt-huit mille sept cent quatre-vingts dirhams et dix-huit centimes",
}


@pytest.mark.parametrize(("amount", "said"), ARABIC.items())
def test_in_arabic(amount: str, said: str) -> None:
    assert in_words(Decimal(amount))[Language.ARABIC] == said


@pytest.mark.parametrize(("amount", "said"), FRENCH.items())
def test_in_french(amount: str, said: str) -> None:
    assert in_words(Decimal(amount))[Language.FRENCH] == said


@pytest.mark.parametrize("language", [Language.ARABIC, Language.FRENCH])
def test_no_two_amounts_are_said_alike(language: Language) -> None:
    amounts = [*range(2300), *range(9_000, 1_300_000, 997), *range(1_000_000, 10_000_001, 99_991)]
    said = {in_words(Decimal(each))[language] for each in amounts}
    assert len(said) == len(set(amounts))
    assert all("  " not in each for each in said)


@pytest.mark.parametrize("amount", ["-1", "1000000000"])
def test_what_no_paper_pays_has_no_words(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        in_words(Decimal(amount))
