"""What was typed, told again: what differs of two fillings of one form, and nothing else."""

from datetime import date
from decimal import Decimal

from service.console.forms.questions import Kind, Question
from service.console.forms.told import Told, changes, told
from service.words.language import Language

TODAY = date(2026, 11, 27)
QUESTIONS = (
    Question("occurred_on", Kind.THE_DAY, "When was it?"),
    Question("channel", Kind.RADIOS, "How?", options={"phone": "By phone", "visit": "At home"}),
    Question("note", Kind.LONG, "What was said?", optional=True),
    Question(
        "lines",
        Kind.KNOWN_ROWS,
        "How much for each?",
        options={"1": "Machine", "2": "Table"},
        key="line",
        inside=(Question("lines.amount", Kind.AMOUNT, "Amount"),),
    ),
)
TYPED = {"occurred_on": "today", "channel": "phone", "lines.1.amount": "21 500,50"}


def tell(**typed: str) -> list[Told]:
    return list(told(QUESTIONS, typed, TODAY, Language.ENGLISH))


def test_what_was_typed_is_told_as_people_read_it() -> None:
    assert [(each.label, each.values) for each in tell(**TYPED)] == [
        ("When was it?", (TODAY,)),
        ("How?", ("By phone",)),
        ("Machine – Amount", (Decimal("21500.50"),)),
    ]


def test_the_same_said_otherwise_is_no_change() -> None:
    day = {"occurred_on": "other"} | {
        f"occurred_on.{part}": text
        for part, text in (("day", "27"), ("month", "November"), ("year", "2026"))
    }
    assert changes(tell(**TYPED), tell(**TYPED | day | {"lines.1.amount": "21500.50"})) == []


def test_what_changes_is_told_alone_with_what_came_and_what_went() -> None:
    after = {"occurred_on": "today", "channel": "visit", "lines.2.amount": "7", "note": " Came. "}
    found = changes(tell(**TYPED), tell(**after))
    assert {each.name: (each.was, each.becomes) for each in found} == {
        "channel": (("By phone",), ("At home",)),
        "note": ((), ("Came.",)),
        "lines.1.amount": ((Decimal("21500.50"),), ()),
        "lines.2.amount": ((), (Decimal(7),)),
    }
