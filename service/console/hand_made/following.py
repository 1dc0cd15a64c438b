"""What will come of a step, said before it is sent: a line each, in the words of pages."""

from dataclasses import dataclass
from datetime import date, timedelta

from service.console.forms import typed
from service.console.forms.answers import PARTS_OF_A_DAY
from service.console.forms.questions import Kind, Question
from service.console.hand_made.asking import Asking


@dataclass(frozen=True, slots=True)
class Follows:
    """One consequence: what it is called, about what, and on which day."""

    word: str
    """Of the words of pages."""
    what: str = ""
    how: str = ""
    """How it was found."""
    on: date | None = None


def question(asking: Asking, name: str) -> Question | None:
    return next((each for each in asking.questions if each.name == name), None)


def options(asking: Asking, name: str) -> dict[str, str]:
    """What can be chosen of a question, by its code."""
    asked = question(asking, name)
    return {} if asked is None else dict(asked.options or {})


def day_of(asking: Asking, name: str = "occurred_on") -> date | None:
    """The day that was typed so far; none where it is no day."""
    asked, said = question(asking, name), asking.typed.get(name)
    today = asking.visit.today
    if asked is not None and asked.kind is Kind.THE_DAY and said in ("today", "yesterday"):
        return today if said == "today" else today - timedelta(days=1)
    parts = [asking.typed.get(f"{name}.{part}", "").strip() for part in PARTS_OF_A_DAY]
    return typed.day(*parts) if all(parts) else None
