"""Whatever step a person fills in: no text that cannot be read, no amount that is none, no odd day.

Every field of every step is walked, so that a new one is held to the same.
"""

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain.beneficiary.steps import RegisterBeneficiary
from domain.commands import HANDLINGS
from domain.message import Step
from domain.steps.days import days_of
from domain.values.days import Apart
from tests.support.forms import Path, at, filled, leaves, put

STEPS = tuple(HANDLINGS)

UNREADABLE = {
    "nothing": "",
    "blanks": " \u00a0\u2003\u3000",
    "joiners": "\u200d\u200c",
    "direction marks": "\u200e\u200f\u061c",
    "no width": "\u200b\u2060\ufeff\u00ad",
    "marks alone": "\u0301\u064e",
    "fillers that are letters": "\u3164\u115f\uffa0",
    "a blank of Braille": "\u2800",
    "a control character": "Sal\x1bma",
    "a delete": "Salma\x7f",
    "a next line": "Sal\x85ma",
    "NUL": "Sal\x00ma",
    "a line separator": "Sal\u2028ma",
    "an override": "Salma \u202eamlaS",
    "an embedding": "\u202bسلمى\u202c",
    "an isolate": "\u2067سلمى\u2069",
    "half a pair": "Sal\ud83dma",
    "a tag": "Salma\U000e0041",
    "private use": "Sal\ue000ma",
    "no character": "Sal\ufffema",
    "a lost character": "Sal\ufffdma",
    "a sign without a meaning": "Sal\u0378ma",
    "dots alone": "...",
    "dashes and stars": "-- * --",
    "a picture alone": "\U0001f464",
    "a selector": "\ufe0f",
    "a musical blank": "\U0001d159",
    "a heap of spacing marks": "\u0915" + "\u093e" * 6,
    "a heap of marks": "Sa" + "\u0301" * 6 + "lma",
    "a heap of marks with joiners between": "Sa" + "\u0301\u200d" * 6 + "lma",
}
READABLE = (
    "سَلْمَىٰ المِثَالِيُّ",
    "مُحَمَّد عبد الله",
    "Noëlle Aït-Baha",
    "M’hamed d'Agadir",
    "Ḥasan Ṭāriq",
    "ⵜⴰⵙⵍⵉⵎⵜ",
    "Salma\u200c\u200d المثال\u200f",
)


def fields(kind: type) -> Iterator[tuple[type[Step], Path]]:
    for step in STEPS:
        for path in leaves(step, kind):
            yield step, path


TEXTS, AMOUNTS, DAYS = (tuple(fields(kind)) for kind in (str, Decimal, date))


def named(field: object) -> str:
    return field.__name__ if isinstance(field, type) else ".".join(map(str, field))  # type: ignore[call-overload]


def taken(step: type[Step], path: Path, value: object) -> object:
    """What is kept of it. Raises `ValidationError`; JSON and Python are read alike."""
    form = put(filled(step), path, value)
    sent = step.model_validate_json(json.dumps(form), strict=True)
    assert sent == step.model_validate(form)
    return at(sent, path)


@pytest.mark.parametrize("step", STEPS, ids=named)
def test_every_step_can_be_filled_in_whole(step: type[Step]) -> None:
    step.model_validate_json(json.dumps(filled(step)), strict=True)


def test_there_is_something_to_walk() -> None:
    assert len(TEXTS) > 50
    assert len(AMOUNTS) > 10
    assert len(DAYS) > len(STEPS)


@pytest.mark.parametrize(("step", "path"), TEXTS, ids=named)
def test_no_field_takes_a_text_that_cannot_be_read(step: type[Step], path: Path) -> None:
    for why, text in UNREADABLE.items():
        with pytest.raises(ValidationError) as refusal:
            step.model_validate(put(filled(step), path, text))
        assert path in [error["loc"] for error in refusal.value.errors()], why


FREE = [
    (step, path) for step, path in TEXTS if at(step.model_validate(filled(step)), path) == "Text"
]


@pytest.mark.parametrize(("step", "path"), FREE, ids=named)
def test_every_free_text_takes_names_and_keeps_them_composed(step: type[Step], path: Path) -> None:
    for text in READABLE:
        kept = unicodedata.normalize("NFC", text)
        assert taken(step, path, unicodedata.normalize("NFD", text)) == kept
        assert taken(step, path, text) == kept


def test_long_texts_keep_their_lines_and_short_ones_have_none() -> None:
    longs = [field for field in FREE if takes(*field, "one\ntwo")]
    assert 10 < len(longs) < len(FREE) - 10
    for step, path in longs:
        assert taken(step, path, "one\r\ntwo\rthree\n\tfour") == "one\ntwo\nthree\n\tfour"


def takes(step: type[Step], path: Path, text: str) -> bool:
    try:
        step.model_validate(put(filled(step), path, text))
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", ["2024", "...", "ـــ", "- -", "👤", "٢٠٢٤"])
def test_a_name_has_a_letter(name: str) -> None:
    named_ = [(step, path) for step, path in FREE if called(path) in NAMES]
    assert {called(path) for _, path in named_} == NAMES
    for step, path in named_:
        assert not takes(step, path, name), (step, path)


NAMES = {
    *("name_ar", "name_latin", "name_fr", "name", "relation", "parties", "signed_at", "city"),
    *("site_name", "presided_by", "attended", "provider", "items.label"),
    *("label",),
}


def called(path: Path) -> str:
    """What the field is; a season is called by its year, and is no name."""
    names = [part for part in path if isinstance(part, str)]
    return ".".join(names) if names[-1] == "label" else names[-1]


@pytest.mark.parametrize("phone", ["      ", "+", "+212", "600  000", "abc", "0" * 21])
def test_a_phone_has_digits(phone: str) -> None:
    assert not takes(RegisterBeneficiary, ("phone",), phone)


def test_a_phone_is_kept_in_the_digits_that_are_dialled() -> None:
    for path in (("phone",), ("contacts", 0, "phone")):
        assert taken(RegisterBeneficiary, path, "٠٦٠٠ ٠٠ ٠٠ ٠١") == "0600 00 00 01"
        assert taken(RegisterBeneficiary, path, "+۲۱۲ ۶۰۰ 000 001") == "+212 600 000 001"


@pytest.mark.parametrize(("step", "path"), AMOUNTS, ids=named)
def test_every_amount_is_written_in_figures(step: type[Step], path: Path) -> None:
    for written in (
        *("-0", "-0.00", "+5", "1e3", "1E+3", "NaN", "Infinity", "-Infinity", "1.001", "-1", ""),
        *("1_000", "1 000", "1,50", ".5", "5.", "٥", "0x5", "12345678901234", "1.500", "1,500"),
        *("٣٥٠٠٠", "35 000,50", "35\u202f000", "35٬000", "-0.0", "0e0", "５"),
    ):
        assert not takes(step, path, written), written
    for number in (-0.0, float("nan"), float("inf"), 1e20, True, None):
        if number is not None or step.model_fields[str(path[0])].is_required():
            assert not takes(step, path, number), number  # type: ignore[arg-type]
    for exponent in (Decimal("-0"), Decimal("1E+3"), Decimal("sNaN")):
        assert not takes(step, path, exponent), exponent  # type: ignore[arg-type]
    for fine in ("5", "5.5", "35000.00", "999999999999.99", 5, 5.5):
        assert taken(step, path, fine) == Decimal(str(fine))


POSITIVE = {
    *(
        "envelope",
        "tranches.amount",
        "items.estimated",
        "items.sources.amount",
        "by.estimated",
        "by.sources.amount",
        "lines.price",
        "lines.amount",
    ),
    *("cash.amount", "recommended_amount", "amount"),
}
"""Sums that are paid, promised or priced: nothing is none of them."""


def test_nothing_is_paid_nor_priced_at_nothing() -> None:
    for step, path in AMOUNTS:
        where = ".".join(part for part in path if isinstance(part, str))
        for nothing in ("0", "0.00", 0):
            assert takes(step, path, nothing) is (where not in POSITIVE), (step, where)  # type: ignore[arg-type]


@pytest.mark.parametrize(("step", "path"), DAYS, ids=named)
def test_every_day_is_written_as_one(step: type[Step], path: Path) -> None:
    for written in (
        "1721260800",
        "20240718",
        "2024-W29-4",
        "2024-02-30",
        "٢٠٢٤-٠٧-١٨",
        "",
        "today",
    ):
        assert not takes(step, path, written), written
    form = put(filled(step), path, 1721260800)
    with pytest.raises(ValidationError):
        step.model_validate_json(json.dumps(form), strict=True)
    assert taken(step, path, "2024-07-18") == date(2024, 7, 18)


def test_every_day_of_every_step_is_of_a_kind_and_few_are_judged_apart() -> None:
    kinds = {(step.__name__, path): kind for step in STEPS for path, kind in days_of(step)}
    assert None not in kinds.values()
    apart = {field for field, kind in kinds.items() if isinstance(kind, Apart)}
    assert apart == {
        ("RegisterBeneficiary", "birth_date"),
        ("CorrectIdentity", "birth_date"),
        ("RecordReminder", "due_on"),
        ("IssueAccessKey", "expires_on"),
    }
