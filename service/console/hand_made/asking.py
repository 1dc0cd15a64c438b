"""A form that is being filled in, as those read it who say what stands beside its questions."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.rules import Rules, rules_by
from service.console.choices.about import About
from service.console.forms.questions import Question
from service.console.visit import Signed
from service.queries.cases import CaseAnswer


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, for which step on what, with what was typed so far."""

    visit: Signed
    step: str
    about: About | None
    questions: Sequence[Question]
    typed: Mapping[str, str]

    @property
    def answer(self) -> Any:
        """What it is about, as it stands."""
        return self.about.answer if self.about else None

    @property
    def case(self) -> CaseAnswer | None:
        answer = self.answer
        return answer if isinstance(answer, CaseAnswer) else None


def rules_of(case: CaseAnswer) -> Rules:
    """Those that the case goes by."""
    return rules_by(case.rules_version, case.rules_terms)


Facts = Callable[[Asking], Awaitable[Mapping[str, Any]]]
"""What a page shows beside its questions, worked out from what stands and from what was typed."""


After = Callable[[Signed, About | None], Awaitable[Mapping[str, Any]]]
"""What a receipt shows beside what was recorded: where a chain of forms goes on."""
Known = Callable[[Asking], Awaitable[Mapping[str, str]]]
"""What a form begins with, as it would be typed, by what was chosen in it; nothing once it was typed."""
LeadsTo = Callable[[Asking, str], Awaitable[str | None]]
"""Where it goes on once the step is recorded under this key; None: to the receipt."""


async def _none(_asking: Asking) -> Mapping[str, Any]:
    return {}


async def _nothing(_visit: Signed, _about: About | None) -> Mapping[str, Any]:
    return {}


async def _to_the_receipt(_asking: Asking, _key: str) -> str | None:
    return None


def _never(_typed: Mapping[str, str]) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class HandMade:
    """Where one step's form is otherwise than its questions alone would make it.

    Its templates read what `facts` says as `form.facts`.
    """

    template: str = "step.html"
    """Extends `step.html`, and says anew its blocks: `before`, `questions`, `after`."""
    check: str = "check.html"
    """Extends `check.html`, and says anew its block `answers`."""
    facts: Facts = _none
    """Of it `amiss` are complaints of what was typed together, such as sums, said as soon as its page
    is sent; `complaints` those of the whole, on the last page.
    """
    receipt: str = "sent.html"
    """Extends `sent.html`, and says anew its block `chain`, which reads what `after` says."""
    after: After = _nothing
    known: Known = _none
    leads_to: LeadsTo = _to_the_receipt
    says_all: Callable[[Mapping[str, str]], bool] = _never
    """Whether, with these answers, the page that asks has said all that a check would say again."""
