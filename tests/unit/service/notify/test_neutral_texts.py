"""Whoever reads a message over somebody's shoulder learns nothing: every text it can have is read."""

import ast
import json
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from domain.case.schedule import ReviewKind
from service.console import calendar_feed
from service.words.language import Language
from service.words.store import Words, words
from tests.unit.service.notify.neutral import telling

NOTIFY = Path(str(files("service.notify")))
COUNTS = ("things_wait", "more_wait")
FEED = ("product", "calendar_entry", "due_by")


def modules() -> list[Path]:
    return [*sorted(NOTIFY.rglob("*.py")), Path(calendar_feed.__file__)]


SECTIONS = {each.name for each in fields(Words)} - {"code"} | {"of", "asked"}
"""`code` is what an outcome has too; a code's word is asked for by `of`."""


def sections(module: Path) -> Iterator[str]:
    """The sections of the words that a module takes texts from."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in SECTIONS:
            of = node.value
            called = isinstance(of, ast.Call) and getattr(of.func, "id", "") == "words"
            if called or getattr(of, "id", "") == "said":
                yield node.attr


def counted(module: Path) -> Iterator[str]:
    """The counted things that it names."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "count":
            yield str(ast.literal_eval(node.slice))


def constants(module: Path) -> Iterator[str]:
    """The texts that stand in the code itself, without what explains it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    explained = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in explained:
            yield str(node.value)


def texts(language: Language) -> Iterator[tuple[str, str]]:
    said = words(language)
    yield from said.message.items()
    for name in COUNTS:
        yield from ((f"{name}.{form}", text) for form, text in said.count[name].items())
    yield from ((name, said.page[name]) for name in FEED)


@pytest.mark.parametrize("language", Language)
def test_no_text_or_title_tells_of_prison_or_of_the_house(language: Language) -> None:
    assert {name: word for name, text in texts(language) if (word := telling(text))} == {}


def test_no_other_text_comes_into_a_message() -> None:
    """One of another section would be read by no test: what is said stands in `message.json`."""
    messages = sorted(NOTIFY.rglob("*.py"))
    assert {name for each in messages for name in sections(each)} == {"message", "count"}
    assert {name for each in messages for name in counted(each)} == {*COUNTS}


def test_nothing_that_stands_in_the_code_of_messages_tells_either() -> None:
    """Senders, headers, names of machines and of files."""
    guarded = "TELLING"
    for module in modules():
        source = module.read_text(encoding="utf-8")
        inside = () if guarded not in source else _guard(source, guarded)
        told = [each for each in constants(module) if each not in inside and telling(each)]
        assert told == [], module


def _guard(source: str, name: str) -> tuple[str, ...]:
    """What a module looks for so that it is never shown."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return tuple(ast.literal_eval(node.value))
    return ()


def test_each_text_has_the_same_places_in_every_language() -> None:
    """A template with a missing place would lose the day, or fall over."""
    said = json.loads((files("service.words") / "texts/message.json").read_text(encoding="utf-8"))
    for name, each in said.items():
        assert each.keys() == {*Language}, name
        places = {tuple(sorted(_places(text))) for text in each.values()}
        assert len(places) == 1, name
        assert all(text.strip() for text in each.values()), name


def _places(text: str) -> Iterator[str]:
    return (field for _, field, _, _ in Formatter().parse(text) if field is not None)


@pytest.mark.parametrize("language", Language)
def test_what_tells_is_known_as_such(language: Language) -> None:
    """Else the tests above could not fail."""
    kinds = words(language).code[ReviewKind.__name__]
    events = words(language).event
    assert telling(kinds[ReviewKind.PRE_RELEASE])
    assert telling(events["ReleaseRecorded"] if "ReleaseRecorded" in events else kinds["detention"])
    assert telling(kinds[ReviewKind.DETENTION])


@pytest.mark.parametrize(
    "text",
    [
        "Your file at the prison of Taza",
        "After your RELEASE",
        "Établissement pénitentiaire",
        "suite à votre libération",
        "les détenus",
        "Fondation Mohammed VI pour la réinsertion",
        "Mohammed VI Foundation",
        "بالسجن المحلي",
        "بعد الإِفراج عنكم",
        "للنزلاء",
        "مؤسسة محمد السادس لإعادة الإدماج",
    ],
)
def test_a_word_is_found_however_it_is_written(text: str) -> None:
    assert telling(text)
