"""The cards of a case beside its projects: each with what is known, since when, and its steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.beneficiary.events import KnownContact
from domain.case.vocabulary import NeedStatus
from domain.message import Role
from projections.views.timeline import TimelineEntry
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import CaseLinks, StepLink
from service.console.showing.list_rows import Known
from service.console.showing.person import Phone, phone_written
from service.console.showing.services import (
    OF_HOUSEHOLD,
    OF_SUPPORT,
    Item,
    by_need,
    household,
    items,
    plan_lines,
)
from service.queries.cases import CaseAnswer
from service.queries.people import Beneficiary
from service.words import writing
from service.words.language import Language
from service.words.store import words

NOT_YET = Missing(Gap.NOT_RECORDED)
OF_THE_PLAN = ("agree-plan", "update-goal", "open-track", "end-track")
OF_NEEDS = ("assess-needs", "record-social-enquiry", "rule-on-eligibility")
OF_PEOPLE = ("assign-caseworker", "give-consent", "withdraw-consent")
HELPED = frozenset({NeedStatus.NOT_STARTED, NeedStatus.IN_PROGRESS})

Value = str | date | Missing


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known: its name, what it is, and what stands beside it in an isolate of its own."""

    label: str
    value: Value
    phone: Phone | None = None
    place: str = ""
    href: str = ""
    """Where it leads, where it has a page."""

    @property
    def is_day(self) -> bool:
        return isinstance(self.value, date)


@dataclass(frozen=True, slots=True)
class Card:
    """One part of a case; `more` is folded."""

    name: str
    """Of the words of pages, after `card_`."""
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...] = ()
    steps: tuple[StepLink, ...] = ()
    brief: str = ""
    """What stands beside its name, where that is not the first fact."""
    folded: bool = False
    """Whether all of it opens by a press: somebody else may see the screen."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes them, of one case as one reader may see it."""

    case: CaseAnswer
    person: Beneficiary | None
    entries: Sequence[TimelineEntry]
    """Those that count."""
    names: Known
    role: Role
    language: Language
    today: date

    def told(self, links: CaseLinks) -> Iterator[Card]:
        """Those that say something: what is not reached yet is left out."""
        yield self._plan(links)
        yield self._needs(links)
        if self.person is not None:
            yield self._family(self.person, links)
        yield self._custody(links)
        yield Card("people", self._people(), steps=links.take(OF_PEOPLE))

    def _plan(self, links: CaseLinks) -> Card:
        said = words(self.language).page
        agreed = Fact(said["plan_agreed_on"], self._last("PlanAgreed") or NOT_YET)
        told = plan_lines(self.case, self.today, self.language)
        goals = tuple(Fact(each.label, each.value, place=each.place) for each in told)
        late = sum(each.late for each in told)
        facts = (agreed, *goals)
        if late:
            steps_late = writing.counted(
                words(self.language).count["steps_late"], late, self.language
            )
            facts = (agreed, Fact(said["plan_late"], steps_late), *goals)
        return Card("plan", facts, steps=links.take(OF_THE_PLAN))

    def _needs(self, links: CaseLinks) -> Card:
        said = words(self.language)
        steps = links.take((*OF_NEEDS, *OF_SUPPORT))
        told = items(self.case, self.language)
        helps = tuple(helped_with(each) for each in told if not each.ended)
        ended = tuple(helped_with(each) for each in told if each.ended)
        assessed = Fact(said.page["needs_assessed_on"], self._last("NeedsAssessed") or NOT_YET)
        if self.case.needs is None:
            hidden = self._missing(CaseAnswer, "needs")
            facts = (Fact(said.page["needs_with_help"], hidden), assessed, *helps)
            return Card("needs", facts, ended, steps)
        areas, met_by = self.case.needs.items(), by_need(self.case, self.language)
        lines = tuple(
            Fact(said.of(area), said.of(status), place=met_by.get(area, ""))
            for area, status in areas
        )
        wanting = [said.of(area) for area, status in areas if status in HELPED]
        joined = f"{writing.COMMA[self.language]} ".join(wanting)
        helped: Value = joined or (said.page["no_need_now"] if lines else NOT_YET)
        facts = (Fact(said.page["needs_with_help"], helped), assessed, *helps)
        return Card("needs", facts, (*lines, *ended), steps)

    def _family(self, person: Beneficiary, links: CaseLinks) -> Card:
        said = words(self.language)
        people = [*(person.contacts or ())]
        facts = [reached(each.relation, each) for each in people]
        if person.guardian is not None:
            facts.append(reached(said.field["guardian"], person.guardian))
        if not facts:
            missing = self._missing(Beneficiary, "contacts")
            facts = [Fact(said.field["contacts"], missing)]
        served = (
            Fact(label, name, place=met) for label, name, met in household(self.case, self.language)
        )
        return Card("family", (*facts, *served), steps=links.take(OF_HOUSEHOLD))

    def _custody(self, links: CaseLinks) -> Card:
        """Judicial: nothing of it stands here, and its own page is opened under the log's eyes."""
        steps = links.of_parts(("custody",), None)
        if self.case.custody is None:
            hidden = self._missing(CaseAnswer, "custody")
            return Card("custody", (Fact(words(self.language).page["card_custody"], hidden),))
        return Card("custody", (), steps=steps, folded=True)

    def _people(self) -> tuple[Fact, ...]:
        said = words(self.language).page
        staff, own = self.names.staff, self.case.caseworker
        caseworker = NOT_YET if own is None else staff.get(own, Missing(Gap.NOT_SHOWN))
        centre = self.names.centres.get(self.case.centre or "") or NOT_YET
        return Fact(said["caseworker"], caseworker), Fact(said["centre"], centre)

    def _missing(self, model: type[CaseAnswer | Beneficiary], field: str) -> Missing:
        on, lost = self.case.erased_on, self.case.key_lost
        return missing_of(model, field, self.role, erased_on=on, key_lost=lost)

    def _last(self, kind: str) -> date | None:
        return max((each.occurred_on for each in self.entries if each.type == kind), default=None)


def helped_with(item: Item) -> Fact:
    return Fact(item.label, item.value, place=item.place)


def reached(label: str, contact: KnownContact) -> Fact:
    """The name stands where it is not put away."""
    phone = phone_written(contact.phone) if contact.phone else None
    return Fact(label, contact.name or ("" if phone else NOT_YET), phone)
