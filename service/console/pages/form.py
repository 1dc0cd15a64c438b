"""One form, as it stands: the step, whose, what was typed so far, and which page of it is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from starlette.responses import Response

from domain.commands import HANDLINGS, STEPS
from domain.errors import JisrError, KeyReused, NotAllowed, Refused
from domain.message import Role, StreamKind
from domain.registry.decide import OF_COORDINATORS
from domain.values.codes import EntryKind
from service.access.table import STEPS as TAKEN
from service.access.table import require
from service.access.vocabulary import Scope
from service.application import Ask
from service.console.choices.about import About, about_of, lent_to
from service.console.choices.asking import Choosing
from service.console.choices.candidates import candidates, corrected
from service.console.choices.corrections import Told, told_by_entries
from service.console.choices.referred import referred_to
from service.console.failures import ISOLATED, told_of
from service.console.forms.answers import Answers, Complaint, read, row_numbers, tidied
from service.console.forms.layout import Layout
from service.console.forms.layouts import LAYOUTS
from service.console.forms.making import questions_of
from service.console.forms.opening import OPENED_BY
from service.console.forms.paging import is_asked_by, is_beside, pages_of
from service.console.forms.questions import Kind, Question, every
from service.console.forms.refilled import refilled
from service.console.hand_made import made_for
from service.console.hand_made.asking import Asking, HandMade
from service.console.pages.address import Address, At, address_of
from service.console.visit import Signed
from service.problems.problem import text_of
from service.words.store import Asked, words

FIRST_ROWS = {Kind.LINES: 2, Kind.ROWS: 1}
"""So many rows of a question are there to begin with; one where answers are chosen."""
SEVERAL_ANSWERS = 6
"""With more the answers are shown once more before they are recorded."""
UNPROCESSABLE, CONFLICT = 422, 409
REGISTERING = "register-entry"
_OF_THE_CASE = frozenset({"track_id"})
"""Not asked where only a ceremony's line is known: the domain finds the track that the line is of."""


@dataclass(frozen=True, slots=True)
class Form:
    """A step's form, in the asker's language."""

    visit: Signed
    step: str
    layout: Layout
    path: str
    about: About | None
    questions: tuple[Question, ...]
    typed: dict[str, str]
    key: str
    seen: int | None
    """The version of the thing when the form was first shown."""
    number: int = 0
    """Of the page that is shown, from 0."""
    grown: bool = False
    """Whether there are questions that the asker has not seen: what they chose leads to them."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What a page made by hand shows beside its questions."""
    at: At = At.ASKED
    more: str = ""
    """The question that is shown with room for one answer more."""
    refused: JisrError | None = None
    """Why nothing was recorded, the last time it was sent."""

    @classmethod
    async def of(
        cls, visit: Signed, address: Address, typed: dict[str, str], key: str, **at: str
    ) -> "Form":
        """Where it is `at`: the version `seen`, the `page`. Raises what forbids the step or the thing."""
        step = address.step
        require(visit.actor, step)
        layout = LAYOUTS[step]
        about = None
        if address.kind is not None and address.name is not None:
            about = await _about(visit, step, address.kind, address.name)
        offered = dict(await candidates(visit, step, layout, about, typed))
        entries = await _entries(visit, step, layout, about, typed)
        for told in entries:
            offered |= await corrected(visit, told, about, typed)
        questions = questions_of(step, layout, offered, visit.language)
        if about is not None and about.lent:
            questions = tuple(each for each in questions if each.name not in _OF_THE_CASE)
        known = dict(_known(questions, entries, typed))
        version = about.version if about else None
        made = made_for(step)
        known |= await made.known(Asking(visit, step, about, questions, typed))
        typed = tidied(questions, known | typed)
        asking = Asking(visit, step, about, questions, typed)
        return cls(
            visit=visit,
            step=step,
            layout=layout,
            path=address.path,
            about=about,
            questions=questions,
            typed=tidied(questions, known | typed),
            grown=bool(known),
            key=key,
            seen=_number(at.get("seen", ""), version),
            number=_number(at.get("page", ""), 0) or 0,
            facts=await made.facts(asking),
        )

    @property
    def href(self) -> str:
        """Where it is shown as it stands."""
        at = address_of(self.path, self.key, at=self.at, page=self.number, more=self.more)
        return f"{at}#{self.more}" if self.more else at

    @property
    def said(self) -> Asked:
        return words(self.visit.language).asked(self.step)

    @property
    def made(self) -> HandMade:
        """How it is drawn."""
        return made_for(self.step)

    @property
    def asking(self) -> Asking:
        """The form, as those read it who say what stands beside its questions."""
        return Asking(self.visit, self.step, self.about, self.questions, self.typed)

    @property
    def pages(self) -> list[list[Question]]:
        """The questions that are put, page by page; a page without any is left out."""
        return pages_of(self.questions, self.layout.breaks, self.typed)

    @property
    def shown(self) -> list[Question]:
        pages = self.pages
        return pages[min(self.number, len(pages) - 1)]

    @property
    def is_last(self) -> bool:
        return self.number >= len(self.pages) - 1

    @property
    def hidden(self) -> dict[str, str]:
        """What was typed on other pages, or came with the address."""
        shown = self.shown
        return {
            name: text
            for name, text in self.typed.items()
            if not any(is_asked_by(each, name, self.layout.breaks) for each in shown)
        }

    @property
    def is_checked(self) -> bool:
        """Whether the answers are shown once more: money, a decision, an end, a minor, two people."""
        asked = [each for page in self.pages for each in page]
        money = any(each.kind is Kind.AMOUNT for each in every(asked))
        minor = self.about is not None and self.about.minor
        if self.made.says_all(self.typed) and not minor:
            return False
        return self.layout.checked or money or minor or len(asked) > SEVERAL_ANSWERS

    @property
    def has_moved(self) -> bool:
        """Whether the thing moved on since the form was first shown."""
        return self.about is not None and self.seen != self.about.version

    def asked_as(self, question: Question) -> str:
        """On what a question hangs, where that stands on the same page."""
        when = question.when
        if when is None or not is_beside(question, self.shown):
            return ""
        found = next((each for each in every(self.questions) if each.name == when.field), None)
        if found is None:
            return ""
        said = words(self.visit.language).page
        yes_no = {"yes": said["form_yes"], "no": said["form_no"]}
        options = found.options or yes_no
        comma = f" {said['form_or']} "
        return (
            f"{found.label} – {comma.join(options[each] for each in options if each in when.among)}"
        )

    def rows(self, question: Question, name: str, more: str, first: int | None = None) -> int:
        """How many rows of a question to show, `first` where none is filled; one more of the one named."""
        filled = len(row_numbers(self.typed, name))
        first = first or (1 if question.options else FIRST_ROWS[question.kind])
        return max(filled + (name == more), first)

    def read(self) -> Answers:
        """With what a page made by hand complains of, beside what cannot be read."""
        answers = read(
            self.layout.model, self.questions, self.typed, self.visit.today, self.visit.language
        )
        amiss, whole = self.facts.get("amiss", ()), self.facts.get("complaints", ())
        more = (*amiss, *whole) if self.is_last else amiss
        return Answers(None, (*answers.complaints, *more)) if more else answers

    def complained_of(self, complaints: Sequence[Complaint]) -> tuple[int, list[Complaint]]:
        """The first page, up to the one that is shown, with complaints; and which those are."""
        for number, page in enumerate(self.pages[: self.number + 1]):
            fills = {fill for each in page for fill in each.fills}
            found = [
                each
                for each in complaints
                if each.name.partition(".")[0] in fills
                or any(is_asked_by(asked, each.name, self.layout.breaks) for asked in page)
            ]
            if found:
                return number, found
        return (self.number, list(complaints)) if self.is_last else (self.number, [])

    def page(
        self,
        *,
        status: int = 200,
        complaints: Sequence[Complaint] = (),
        refusal: str = "",
        opened_by: str = "",
    ) -> Response:
        return self.visit.page(
            self.made.template,
            status=status,
            form=self,
            complaints=complaints,
            complaint_of={each.name: each.text for each in complaints},
            refusal=refusal,
            opened_by=opened_by,
            more=self.more,
        )

    def ask(self, body: BaseModel) -> Ask:
        return Ask(
            actor=self.visit.actor,
            step=body,  # type: ignore[arg-type]  # a request for a key is none: `_take` makes its step
            key=self.key,
            name=self.about.id if self.about else None,
            expected_version=self.seen if self.about and not self.about.lent else None,
            request=self.visit.request.state.request_id,
        )

    def stopped(self, error: JisrError) -> Response:
        """The form again, with all that was typed, and why nothing was recorded."""
        language = self.visit.language
        if isinstance(error, KeyReused):
            return self.page(status=CONFLICT, refusal=words(language).page["form_used"])
        if isinstance(error, Refused):
            _, why = text_of(error.code, error.params, language, ISOLATED)
            return self.page(status=CONFLICT, refusal=why, opened_by=self.opened_by(error.code))
        told = told_of(error, language)
        why = " ".join(filter(None, (f"{told.title}.", told.help, told.reference)))
        return self.page(status=told.status, refusal=why)

    def opened_by(self, code: str) -> str:
        """The step that would open the way, where the asker can take it on the same thing."""
        step = OPENED_BY.get(code, "")
        if step not in TAKEN or self.visit.actor.role not in TAKEN[step].who:
            return ""
        if self.about is None or HANDLINGS[STEPS[step]].kind is not self.about.kind:
            return ""
        if self.about.lent:
            return ""
        if self.about.kind is StreamKind.CASE:
            open_now = {each.step for each in self.about.answer.open_steps}
            return step if step in open_now else ""
        return step

    def registers(self, question: Question) -> str:
        """Which kind of entry the asker may register where the registry lacks it, if any."""
        if REGISTERING not in TAKEN or self.visit.actor.role not in TAKEN[REGISTERING].who:
            return ""
        theirs = OF_COORDINATORS if self.visit.actor.role is Role.COORDINATOR else set(EntryKind)
        return next((kind for kind in question.kinds if kind in theirs), "")

    def beside(self, step: str) -> str:
        """Where the form of another step on the same thing is."""
        return f"{self.path.rpartition('/')[0]}/{step}"

    def closed(self) -> tuple[str, str] | None:
        """Why the step cannot be taken now, as a code and in words; None where it can."""
        if self.about is None or self.about.kind is not StreamKind.CASE or self.about.lent:
            return None
        case = self.about.answer
        if any(each.step == self.step for each in case.open_steps):
            return None
        return next(
            ((each.code, each.reason) for each in case.closed_steps if each.step == self.step), None
        )


async def _about(visit: Signed, step: str, kind: StreamKind, name: UUID) -> About:
    """The thing; of a case that is not the asker's what a ceremony lends of it, for a step on that,
    or what a referral says of it.
    """
    if TAKEN[step].scope is Scope.REFERRED:
        return await referred_to(visit, name)
    try:
        return await about_of(visit, kind, name)
    except NotAllowed:
        if TAKEN[step].scope is not Scope.LINE:
            raise
        return await lent_to(visit, name)


async def _entries(
    visit: Signed, step: str, layout: Layout, about: About | None, typed: Mapping[str, str]
) -> list[Told]:
    """The entries that are chosen to be corrected, where the form asks for any."""
    names = [name for name, hand in layout.by_hand.items() if hand == "corrections"]
    asked = [Choosing(visit, step, about, typed, name) for name in names]
    return [told for each in asked for told in await told_by_entries(each)]


def _known(
    questions: Iterable[Question], entries: Iterable[Told], typed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What the entries say, where nothing else was typed for them yet."""
    asked = {each.name: each for each in every(questions)}
    for told in entries:
        content = f"{told.row}.content"
        if content in asked and not any(name.startswith(f"{content}.") for name in typed):
            yield from refilled(asked[content].inside, told.says).items()


def _number(text: str, otherwise: int | None) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004 (digits)
