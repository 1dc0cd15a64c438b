"""Papers tell what they are given, whatever was typed, and are the same on every machine."""

from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from PIL import ImageFont
from pypdf import PdfReader

from domain.case.attestation.vocabulary import AttestationKind
from domain.case.consents.vocabulary import Purpose
from domain.project.vocabulary import DecisionKind
from domain.tracks.training.vocabulary import Presence
from service.printing.in_words import in_words
from service.printing.setting.speech import texts
from service.queries.ceremonies import LineStanding
from service.queries.papers_out.sheets import Paper, Sheet, Site
from service.words.language import Language
from service.words.store import words
from tests.support.printed import metadata_of, pages_of, text_of
from tests.support.sheets import (
    DAY,
    attendance,
    attestation,
    ceremony,
    certificate,
    consent_form,
    item,
    line,
    person,
    printed,
    record,
    session,
    session_line,
    slip,
    summary,
    trainee,
    undertaking,
    visit,
    visits,
)

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


def test_the_fonts_have_every_letter_of_ours_and_draw_a_box_for_any_other() -> None:
    folder = files("service.printing") / "fonts"
    fonts = [
        ImageFont.truetype(BytesIO(each.read_bytes()), 32, layout_engine=ImageFont.Layout.BASIC)
        for each in folder.iterdir()
        if each.name.endswith("-Regular.ttf")
    ]
    missing = [bytes(font.getmask("\uffff")) for font in fonts]
    assert all(any(drawn) for drawn in missing)
    ours = {text for pair in texts().values() for text in pair.values()}
    for language in (Language.ARABIC, Language.FRENCH):
        ours |= {text for section in words(language).code.values() for text in section.values()}
        ours.add(in_words(Decimal("1234567.89"))[language])
    for letter in sorted({letter for text in ours for letter in text}):
        drawn = [bytes(font.getmask(letter)) for font in fonts]
        assert drawn[0] != missing[0] or drawn[1] != missing[1], f"{letter!r} is in no font"


@pytest.mark.parametrize("name", sorted(texts()))
def test_the_papers_own_words_are_in_both_languages_and_never_judicial(name: str) -> None:
    said = texts()[name]
    assert said.keys() == {"ar", "fr"}
    for text in said.values():
        assert text.strip() == text
        assert text
        assert not [word for word in JUDICIAL if word in text.lower()]
        assert not any(f" {sign}" in text for sign in ":;?!»")


NAMELESS = person(name_ar=None, name_latin=None)
IN_A_PRISON = Site(name="Prison locale de Taza", city="Taza", held_on=DAY)
EVERY_STATE: dict[str, tuple[Paper, Sheet]] = {
    "attendance": (
        Paper.ATTENDANCE_SHEET,
        attendance(
            *(trainee() for _ in range(25)), trainee(Presence.EXCUSED), trainee(who=NAMELESS)
        ),
    ),
    "attendance of nobody": (
        Paper.ATTENDANCE_SHEET,
        attendance(provider=None, timetable=None, day_off=True),
    ),
    "attestation": (Paper.ATTESTATION, attestation()),
    "attestation of a training, copied": (
        Paper.ATTESTATION,
        attestation(
            kind=AttestationKind.TRAINING_FOLLOWED,
            training="Couture, premier niveau",
            followed_from=DAY,
            followed_until=DAY,
            purpose="Un dossier administratif",
            copied=True,
        ),
    ),
    "consent": (Paper.CONSENT_FORM, consent_form()),
    "consent of a minor": (
        Paper.CONSENT_FORM,
        consent_form(minor=True, guardian="Amina", purposes=tuple(Purpose)[:3]),
    ),
    "slip": (Paper.DELIVERY_SLIP, slip()),
    "slip at a telling place": (Paper.DELIVERY_SLIP, slip(site=IN_A_PRISON)),
    "slip of a minor": (Paper.DELIVERY_SLIP, slip(minor=True, cash=None)),
    "slip of the handed over": (
        Paper.DELIVERY_SLIP,
        slip(items=(item().model_copy(update={"handed": True, "serials": ("SN1",)}),)),
    ),
    "undertaking": (Paper.UNDERTAKING, undertaking()),
    "undertaking without cash": (
        Paper.UNDERTAKING,
        undertaking(cash=Decimal(0), address=None, identity=None, signed_on=DAY),
    ),
    "summary": (Paper.CASE_SUMMARY, summary()),
    "summary of nothing yet": (Paper.CASE_SUMMARY, summary(tracks=(), due=(), closed=False)),
    "summary for the division": (Paper.CASE_SUMMARY, summary(person=NAMELESS)),
    "visits": (Paper.VISIT_SHEET, visits()),
    "visit of who has nothing": (
        Paper.VISIT_SHEET,
        visits(visit(phone=None, address=None, language=None, items=(), due=())),
    ),
    "ceremony": (
        Paper.CEREMONY_LIST,
        ceremony(*(line(state=each) for each in LineStanding), site=IN_A_PRISON),
    ),
    "ceremony with nobody": (Paper.CEREMONY_LIST, ceremony()),
    "minutes": (
        Paper.CEREMONY_MINUTES,
        ceremony(
            *(line(state=each) for each in LineStanding),
            attended=("the prison's director", "مدير السجن المحلي"),
            presided_by="le directeur de l’établissement pénitentiaire",
        ),
    ),
    "minutes of nobody": (Paper.CEREMONY_MINUTES, ceremony(attended=())),
    "session": (
        Paper.SESSION_LIST,
        session(*(session_line(each) for each in (None, *DecisionKind))),
    ),
    "session of a region": (
        Paper.SESSION_LIST,
        session(committee=None, region="fes-meknes", minutes=None),
    ),
    "record": (Paper.PERSON_RECORD, record()),
    "record in Arabic": (Paper.PERSON_RECORD, record(Language.ARABIC)),
    "certificate": (Paper.ERASURE_CERTIFICATE, certificate()),
    "certificate of who had nothing": (
        Paper.ERASURE_CERTIFICATE,
        certificate(leaves=(), outside=(), asked_on=None, key_destroyed=False),
    ),
}
"""Each paper, with all that it may say."""


@pytest.mark.parametrize("state", EVERY_STATE)
def test_no_paper_says_a_judicial_word_in_any_state(state: str) -> None:
    paper, sheet = EVERY_STATE[state]
    pdf = printed(sheet, paper=paper)
    text = (text_of(pdf) + metadata_of(pdf)).lower()
    assert [word for word in JUDICIAL if word in text] == []
    assert "imprimé le" in text
    assert "salma" not in metadata_of(pdf).lower()


@pytest.mark.parametrize("state", EVERY_STATE)
def test_every_paper_takes_what_somebody_typed_as_text(state: str) -> None:
    paper, sheet = EVERY_STATE[state]
    hostile = {"name_ar": HOSTILE[0], "name_latin": HOSTILE[1]}
    told = sheet.model_dump()
    for inside in (told, *told.get("lines", ()), *told.get("visits", ())):
        if "person" in inside:
            inside["person"] = inside["person"] | hostile
    text = text_of(printed(type(sheet).model_validate(told), paper=paper))
    named = " ".join(HOSTILE[1].split())
    assert (named in text) == ("name_latin" in str(told))


@pytest.mark.parametrize("items", [1, 2, 11, 30])
def test_an_undertaking_is_signed_under_what_is_undertaken(items: int) -> None:
    many = tuple(item(each + 1) for each in range(items))
    pages = pages_of(printed(undertaking(items=many), paper=Paper.UNDERTAKING))
    assert "ne pas vendre" in pages[-1]
    assert "empreinte" in pages[-1]
    page = " ".join(pages)
    for told in ("Salma Elmithal", "12 invented street", "ne pas vendre", "vingt-six mille"):
        assert told in page
    for word in ("بيع", "كرائها", "الشاهد", "وعشرون", "ألفا"):
        assert word in page


def test_a_ceremonys_list_of_a_hundred_has_each_once_under_a_head_on_each_page() -> None:
    lines = [line(each) for each in range(100)]
    pages = pages_of(printed(ceremony(*lines), paper=Paper.CEREMONY_LIST))
    text = " ".join(pages)
    assert all(text.count(f"TAZ-24-{each:04}") == 1 for each in range(100))
    assert all("Référence" in page for page in pages)
    assert f"{len(pages)} / {len(pages)}" in pages[-1]


def test_the_minutes_sum_what_was_confirmed_of_the_day_and_name_the_others_apart() -> None:
    states = (LineStanding.TOLD, LineStanding.TOLD, LineStanding.LATER, LineStanding.ABSENT)
    lines = [line(number, state=state) for number, state in enumerate(states)]
    text = text_of(printed(ceremony(*lines), paper=Paper.CEREMONY_MINUTES))
    assert "vingt-huit mille sept cent quatre-vingts dirhams et dix-huit centimes" in text
    assert "quatre mille dirhams" in text
    told, later = text.index("TAZ-24-0001"), text.index("TAZ-24-0002")
    assert told < text.index("quatre mille dirhams") < later < text.index("TAZ-24-0003")


def test_a_round_has_somebody_a_block_with_where_and_by_which_phone() -> None:
    some = [visit(reference=f"TAZ-24-{each:04}") for each in range(12)]
    text = text_of(printed(visits(*some), paper=Paper.VISIT_SHEET))
    assert all(f"TAZ-24-{each:04}" in text for each in range(12))
    assert text.count("12 invented street") == 12
    assert "+212 6 12 34 56 78" in text.replace("\u202f", " ")
    assert text.count("Ne pas laisser de message") == 12
    assert text.count("Visite de suivi") == 12


def test_a_session_says_what_is_asked_and_what_was_decided() -> None:
    lines = [session_line(each) for each in (DecisionKind.APPROVE, DecisionKind.REJECT)]
    text = text_of(printed(session(*lines), paper=Paper.SESSION_LIST)).replace("\u202f", " ")
    for told in ("12/2024", "Comité, Taza", "Approbation", "Rejet", "64 000,00", "30 000,00"):
        assert told in text
