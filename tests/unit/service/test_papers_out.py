"""Papers tell what they are given, whatever was typed, and are the same on every machine."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from domain.beneficiary.events import KnownPaper
from domain.beneficiary.vocabulary import IdentityKind
from domain.values.trades import Trade
from service.printing.press import typeset
from service.printing.setting import set_sheets
from service.printing.setting.speech import texts
from service.queries.papers_out.sheets import (
    Collection,
    Paper,
    Person,
    Printout,
    Sheet,
    Site,
    Slip,
    SlipItem,
)
from tests.support.printed import metadata_of, pages_of, text_of

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
ADDRESS = "https://jisr.example"
HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    "*bold* _it_ $x^2$ `raw` = head",
    '"]} #panic("x") \\u{41} //',
    '#read("/etc/passwd") <end> @ref',
)
SIXTY = "Abdelmoughit Ben Mohammed El Idrissi El Hassani Al Alaouioui"
JUDICIAL = (
    *("prison", "pénit", "détenu", "détention", "incarcér", "libér", "peine", "condamn", "juge"),
    *("justice", "pardon", "grâce", "réinsertion", "pensionnaire"),
    *("سجن", "سجين", "نزيل", "اعتقال", "معتقل", "إفراج", "مفرج", "عقوب", "إدماج", "عفو", "محكوم"),
)


def person(**more: Any) -> Person:
    told = {"name_ar": "سلمى المثال", "name_latin": "Salma Elmithal"}
    return Person(**({"erased_on": None, "key_lost": False} | told | more))


def item(number: int = 1, label: str | None = "آلة خياطة") -> SlipItem:
    return SlipItem(item=number, label=label, quantity=1, serials=(), handed=False)


def slip(**more: Any) -> Slip:
    told: dict[str, Any] = {
        "collection": Collection.CASES,
        "thing_id": UUID(int=7),
        "reference": "TAZ-24-0017",
        "person": person(),
        "identity": KnownPaper(kind=next(iter(IdentityKind)), number="ZZ000001"),
        "minor": False,
        "guardian": None,
        "trade": Trade.SEWING,
        "site": Site(name="siège de la province", city="Taza", held_on=date(2024, 12, 1)),
        "handed_on": None,
        "items": (item(),),
        "cash": Decimal("28780.18"),
    }
    return Slip(**told | more)


def printout(*sheets: Sheet, paper: Paper = Paper.DELIVERY_SLIP) -> Printout:
    return Printout(
        paper=paper,
        position=18245,
        printed_at=AT,
        printed_by="taza-caseworker-1",
        house_ar="مركز تازة",
        house_fr="Centre de Taza",
        sheets=sheets,  # type: ignore[arg-type]  # of whichever kind
    )


def printed(
    *sheets: Sheet, paper: Paper = Paper.DELIVERY_SLIP, address: str | None = ADDRESS
) -> bytes:
    return typeset(set_sheets(printout(*sheets, paper=paper), address), AT)


def test_a_slip_says_who_receives_what_and_how_much_in_figures_and_in_words() -> None:
    text = text_of(printed(slip()))
    for said in ("Salma Elmithal", "TAZ-24-0017", "ZZ000001", "1er décembre 2024", "Couture"):
        assert said in text
    assert "28 780,18" in text.replace("\u202f", " ")
    assert "vingt-huit mille sept cent quatre-vingts dirhams et dix-huit centimes" in text
    for word in ("وعشرون", "وسبعمائة", "سنتيما", "المثال", "خياطة", "دجنبر"):
        assert word in text
    assert "Imprimé le 1er mars 2025" in text
    assert "taza-caseworker-1" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_what_somebody_typed_is_text_and_nothing_else(name: str) -> None:
    hostile = slip(person=person(name_latin=name), items=(item(label=name),), reference=name)
    text = text_of(printed(hostile))
    assert text.count(" ".join(name.split())) >= 2


@pytest.mark.parametrize("number", [1, 2, 11, 100])
def test_every_item_is_on_its_slip_with_pages_numbered(number: int) -> None:
    pages = pages_of(printed(slip(items=tuple(item(each + 1) for each in range(number)))))
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    assert " ".join(pages).count("خياطة") >= number
    assert (len(pages) == 1) == (number <= 2)


def test_each_slip_of_many_has_pages_and_a_reference_of_its_own() -> None:
    sheets = [slip(reference=f"TAZ-24-{each:04}") for each in range(46)]
    pages = pages_of(printed(*sheets))
    assert len(pages) == 46
    for number, page in enumerate(pages):
        assert f"TAZ-24-{number:04}" in page
        assert "1 / 1" in page


def test_a_minors_slip_is_the_guardians_to_sign() -> None:
    text = text_of(printed(slip(minor=True, guardian="Amina Elmithal", cash=None)))
    assert "Représentant légal" in text
    assert "Amina Elmithal" in text
    assert "pour la personne mineure" in text
    assert "Appui financier" not in text


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"name_latin": None}, "المثال"),
        ({"name_ar": None}, "Salma Elmithal"),
        ({"name_latin": SIXTY}, SIXTY),
        ({"name_ar": None, "name_latin": None}, "Non affiché pour ce rôle"),
        ({"name_ar": None, "name_latin": None, "erased_on": date(2024, 1, 1)}, "Données effacées"),
        ({"name_ar": None, "name_latin": None, "key_lost": True}, "Illisible pour l’instant"),
    ],
)
def test_a_name_or_why_there_is_none(who: dict[str, Any], said: str) -> None:
    pages = pages_of(printed(slip(person=person(**who))))
    assert said in pages[0]
    assert len(pages) == 1


def test_the_same_is_printed_byte_for_byte() -> None:
    assert printed(slip()) == printed(slip())
    assert printed(slip()) != printed(slip(cash=Decimal("28780.19")))


def test_nothing_of_a_person_stands_in_the_files_own_words() -> None:
    assert "Salma" not in metadata_of(printed(slip()))
    assert "TAZ" not in metadata_of(printed(slip()))


def test_without_an_address_the_paper_says_how_it_is_found() -> None:
    text = text_of(printed(slip(), address=None))
    assert "chercher la référence" in text
    assert "chercher la référence" not in text_of(printed(slip()))


def test_only_shipped_fonts_are_used_and_every_sign_has_one() -> None:
    fonts = set()
    for page in PdfReader(BytesIO(printed(slip()))).pages:
        found = page["/Resources"]["/Font"]  # type: ignore[index]
        fonts |= {found[name]["/BaseFont"].partition("+")[2] for name in found}
    assert fonts <= {
        "NotoSerif",
        "NotoSerif-Bold",
        "NotoNaskhArabic",
        "NotoNaskhArabic-Bold",
        "NotoSerif-Regular",
        "NotoNaskhArabic-Regular",
    }


@pytest.mark.parametrize("name", sorted(texts()))
def test_the_papers_own_words_are_in_both_languages_and_never_judicial(name: str) -> None:
    said = texts()[name]
    assert said.keys() == {"ar", "fr"}
    for text in said.values():
        assert text.strip() == text
        assert text
        assert not [word for word in JUDICIAL if word in text.lower()]
        assert not any(f" {sign}" in text for sign in ":;?!»")
