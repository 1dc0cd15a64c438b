"""How texts speak to people: nobody is ordered about, and each language keeps its own signs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import service.words
from service.words.language import Language
from service.words.writing import NARROW_SPACE

TEXTS = Path(service.words.__file__).with_name("texts")


def leaves(inside: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a language with where it stands: all forms of a counted thing, too."""
    if isinstance(inside, str):
        yield where, inside
        return
    for name, more in inside.items():
        yield from leaves(more, f"{where}/{name}")


def said_in(language: Language) -> list[tuple[str, str]]:
    return [
        (where, text)
        for file in sorted(TEXTS.rglob("*.json"))
        for where, text in leaves(json.loads(file.read_text(encoding="utf-8")), file.stem)
        if language in where.split("/")
    ]


COMMANDS = (
    "أضف اختر اذكر اطلب احذف اقرأ حاول أزل أعد انتقل اسحب استأنف افعل أتمم أعف أعط أخبر اتصل"
    " اكتب ابدأ اسأل انتظر راجع قارن صحح أرخ ألغ أكد تأكد تحقق أدخل ادخل ارجع اضغط املأ اتفق"
    " افتح اقبل اعرض استعن جرب كرر حدد قرر خذ اجعل اترك احفظ سلمه سلمها"
)
"""What is said to one man; with what it is done to at its end, or without."""
COMMANDS_AT_FIRST = (
    "سجل وقع أرسل استعمل اقترح أغلق سلم أجل شخص تابع خفض حول"  # elsewhere they are nouns, or past
)
VOWELS = "\u064b-\u0652"
ANYWHERE = re.compile(
    rf"(?<![\w{VOWELS}])[وف]?(?:{'|'.join(COMMANDS.split())})(?:ه|ها)?(?![\w{VOWELS}])"
)
AT_FIRST = re.compile(
    rf"(?:^|[.؛:؟!] |، |\bأو |\bثم )[وف]?(?:{'|'.join(COMMANDS_AT_FIRST.split())})"
    r"(?=ه\b|ها\b| ال| [A-Za-z{])"
)


@pytest.mark.parametrize(
    "text",
    [
        "اختر مركزا مسجلا",
        "الملف معلق. استأنفه أولا",
        "بقي القليل، فأخبر المسؤول",
        "سجل القرار أولا",
        "يجب ذلك. أرسلها ثانية",
    ],
)
def test_an_order_given_to_a_man_is_known_as_one(text: str) -> None:
    assert ANYWHERE.search(text) or AT_FIRST.search(text)


def test_no_arabic_text_gives_orders_to_a_man() -> None:
    texts = said_in(Language.ARABIC)
    assert len(texts) > 800
    assert [each for each in texts if ANYWHERE.search(each[1]) or AT_FIRST.search(each[1])] == []


CODES = re.compile(r"\{\w+\}|[!-~]*[A-Za-z][!-~]*(?: +[!-~]*[A-Za-z][!-~]*)*|\d+,\d\d")
"""What programs read, and an amount's comma."""


def test_arabic_texts_have_their_own_signs_and_no_endings_in_brackets() -> None:
    for where, text in said_in(Language.ARABIC):
        assert not re.search(r"[,;?]", CODES.sub("", text)), (where, text)
        assert "(ة)" not in text, (where, text)
        assert not re.search(r"[٠-٩۰-۹]", text), (where, text)


def test_arabic_names_the_auditors_and_a_persons_data_by_one_word_each() -> None:
    """As their role, and the law: «التدقيق», «معطيات»."""
    for where, text in said_in(Language.ARABIC):
        assert not re.search(r"افتحاص|(محو|تقييد) ال?بيانات", text), (where, text)


def test_french_texts_have_narrow_spaces_and_no_endings_in_brackets() -> None:
    for where, text in said_in(Language.FRENCH):
        assert not re.search(r"[ \u00a0][;:?!»]|«[ \u00a0]", text), (where, text)
        assert f" {NARROW_SPACE}" not in text, (where, text)
        assert "(e)" not in text, (where, text)
        assert not re.search(r"\w'\w", text), (where, text)


TO_YOU = re.compile(
    r"(?<!\bvous )(?<!\bvous ne )(?<!\bvous ne la )(?<!\bvous l’)"
    r"\b(?!(?:chez|assez|nez|rez)\b|rendez-vous)\w+ez\b"
    r"|(?:^|[.;:?!] ?\s|, | (?:ou|puis) )(?:re)?(?:faites|dites)\b",
    re.IGNORECASE,
)
"""An order in French: nearly all end alike, and after « vous » it is a plain statement."""


@pytest.mark.parametrize(
    "text",
    [
        "La convention est close. Choisissez-en une qui est ouverte",
        "N’approuvez pas davantage",
        "La corriger, ou dites pourquoi",
        "Rien n’est remis\u202f: faites-le décider",
    ],
)
def test_an_order_given_in_french_is_known_as_one(text: str) -> None:
    assert TO_YOU.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chez la famille, assez souvent",
        "Deux rendez-vous manqués de suite",
        "Combien d’heures sont faites au total\u202f?",
        "Si vous ne la renvoyez pas, ce sera certain",
        "Si vous l’avez, elles ont été faites et redites",
    ],
)
def test_what_only_looks_like_an_order_is_none(text: str) -> None:
    assert not TO_YOU.search(text)


def test_no_french_text_gives_orders() -> None:
    assert [each for each in said_in(Language.FRENCH) if TO_YOU.search(each[1])] == []


ONE_OF_THEM = re.compile(
    r"\b(un|le|aux?|du|seul|votre) (coordinateur|administrateur|collègue|assistant)\b|[^«]\bMAD\b"
)


def test_french_names_roles_by_what_they_do_and_money_by_its_own_sign() -> None:
    for where, text in said_in(Language.FRENCH):
        assert not ONE_OF_THEM.search(f" {text}"), (where, text)


def test_an_amount_keeps_its_sign_beside_it_in_every_language() -> None:
    """« 28 780 DH », never torn at a line's end: where French says DH, so do the others."""
    texts = {
        name: problem
        for file in ("problem.json", "warning.json")
        for name, problem in json.loads(TEXTS.joinpath(file).read_text(encoding="utf-8")).items()
    }
    sums = 0
    for name, said in texts.items():
        details = {language: said[language]["detail"] for language in Language}
        assert " DH" not in details[Language.FRENCH], name
        of_money = set(re.findall(r"\{(\w+)\}\u00a0DH", details[Language.FRENCH]))
        in_english = set(re.findall(r"MAD\u00a0\{(\w+)\}", details[Language.ENGLISH]))
        in_arabic = set(re.findall(r"\{(\w+)\}\u00a0درهم", details[Language.ARABIC]))
        assert of_money == in_english == in_arabic, name
        sums += len(of_money)
    assert sums > 30


def test_no_text_begs_or_blames() -> None:
    """Beside what is the API's own: the member `errors`, and the outcome « opened in error »."""
    own = r"(?<!opened in )\berror\b|(?<!; )(?<!under )\berrors\b"
    for language, pattern in {
        Language.ENGLISH: rf"\b(please|sorry|invalid|forbidden)\b|{own}",
        Language.FRENCH: r"\b(s’il (te|vous) plaît|invalide|interdite?|désolée?)\b",
        Language.ARABIC: r"عذرا|المرجو|غير صالح|ممنوع",
    }.items():
        for where, text in said_in(language):
            assert not re.search(pattern, text, re.IGNORECASE), (where, text)


def test_pages_speak_no_word_of_computing_and_do_not_beg() -> None:
    for language, pattern in {
        Language.ENGLISH: r"\b(please|sorry|invalid|error|forbidden|JSON|server)\b",
        Language.FRENCH: r"\b(erreur|invalide|interdit|désolée?|JSON|serveur)\b",
        Language.ARABIC: r"عذرا|غير صالح|ممنوع|JSON|الخادم",
    }.items():
        for where, text in said_in(language):
            if where.split("/")[0] in (
                "page",
                *(f.stem for f in TEXTS.joinpath("pages").iterdir()),
                *(f.stem for f in TEXTS.joinpath("forms").iterdir()),
            ):
                assert not re.search(pattern, text, re.IGNORECASE), (where, text)
