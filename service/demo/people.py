"""Made-up people: invented family names, so that nobody real is meant."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.beneficiary.vocabulary import Sex
from domain.values.trades import Trade

WOMEN = (
    ("سلمى", "Salma"),
    ("هند", "Hind"),
    ("نادية", "Nadia"),
    ("فاطمة", "Fatima"),
    ("أسماء", "Asmae"),
    ("إلهام", "Ilham"),
    ("زينب", "Zineb"),
)
MEN = (
    ("يوسف", "Youssef"),
    ("أحمد", "Ahmed"),
    ("إدريس", "Driss"),
    ("سعيد", "Said"),
    ("مصطفى", "Mostafa"),
    ("حمزة", "Hamza"),
    ("رشيد", "Rachid"),
    ("عيسى", "Aissa"),
    ("كمال", "Kamal"),
    ("بلال", "Bilal"),
    ("طه", "Taha"),
)
FAMILIES = (
    ("المثالي", "El Mithali"),
    ("النموذجي", "En-Namoudaji"),
    ("التجريبي", "Et-Tajribi"),
    ("الافتراضي", "El Iftiradi"),
    ("الخيالي", "El Khayali"),
    ("المفترض", "El Mouftarad"),
    ("المبتكر", "El Moubtakar"),
)
WOMENS_TRADES = (Trade.SEWING, Trade.HAIRDRESSING, Trade.PASTRY, Trade.EMBROIDERY, Trade.COOKING)
MENS_TRADES = (
    Trade.CARPENTRY,
    Trade.IRONWORK,
    Trade.ELECTRICITY,
    Trade.PAINTING,
    Trade.ALUMINIUM_JOINERY,
    Trade.PLUMBING,
    Trade.MECHANICS,
    Trade.FISH_TRADE,
    Trade.FOOD_RETAIL,
    Trade.BEEKEEPING,
)
EVERY_WOMAN = 3
"""Every third person of the list is a woman."""
OF_AGE = 11_000
"""Days from the earliest birth to the latest: everybody is of age in 2024."""


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up beneficiary."""

    number: int
    """From 1, over all ceremonies."""
    name_ar: str
    name_latin: str
    sex: Sex
    birth_date: date
    phone: str
    trade: Trade


def person(number: int) -> Person:
    """The same person for the same number, always."""
    is_woman = number % EVERY_WOMAN == 0
    first = (WOMEN if is_woman else MEN)[number % len(WOMEN if is_woman else MEN)]
    family = FAMILIES[(number // len(MEN) + number) % len(FAMILIES)]
    trades = WOMENS_TRADES if is_woman else MENS_TRADES
    return Person(
        number=number,
        name_ar=f"{first[0]} {family[0]}",
        name_latin=f"{first[1]} {family[1]}",
        sex=Sex.FEMALE if is_woman else Sex.MALE,
        birth_date=date(1972, 1, 1) + timedelta(days=number * 211 % OF_AGE),
        phone=f"+212 600 00 {number // 100:02} {number % 100:02}",
        trade=trades[number % len(trades)],
    )
