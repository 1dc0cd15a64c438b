"""What came of a project: decided, paid, handed over and found, each with its day and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from projections.views.projects import ProjectFacts
from projections.views.timeline import TimelineEntry
from service.console.showing.gaps import Gap, Missing
from service.words.language import Language
from service.words.store import words
from service.words.writing import COLON, COMMA

NOTHING = Decimal(0)
NOT_YET = Missing(Gap.NOT_RECORDED)


@dataclass(frozen=True, slots=True)
class Came:
    """One thing that came of a project, or why there is nothing to say of it."""

    name: str
    """Of the words of pages, after `came_`."""
    what: str | Missing
    amount: Decimal = NOTHING
    cash: Decimal = NOTHING
    """The cash grant beside the equipment; 0 for none."""
    on: date | None = None
    paper: str = ""
    """Of the words of pages: what `number` is the number of."""
    number: str = ""
    who: str | Missing = ""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Tells what came of one project, of the entries of its track."""

    project: ProjectFacts
    entries: Sequence[TimelineEntry]
    """The case's, in the ledger's order."""
    track_id: UUID
    staff: Mapping[UUID, str | Missing]
    language: Language

    def told(self) -> tuple[Came, ...]:
        """In the order of the path."""
        return self.decided(), self.paid(), self.handed(), self.found()

    def decided(self) -> Came:
        ended, entry = self._last("ApprovalEnded"), self._last("DecisionRecorded")
        if entry is None:
            return Came("decided", NOT_YET)
        if ended is not None and ended.occurred_on >= entry.occurred_on:
            said = words(self.language).event[ended.type]
            return Came("decided", said, on=ended.occurred_on, who=self._who(ended))
        kind = DecisionKind(entry.details["decision"])
        granted = kind is DecisionKind.APPROVE
        return Came(
            "decided",
            words(self.language).of(kind),
            self.project.equipment_amount if granted else NOTHING,
            self.project.cash_grant if granted else NOTHING,
            entry.occurred_on,
            "minutes",
            str(entry.details["minutes"]),
            self._who(entry),
        )

    def paid(self) -> Came:
        entry = self._last("PaymentRecorded")
        if entry is None:
            return Came("paid", self._nothing())
        invoices = (
            str(each.details["invoice"])
            for each in self.entries
            if each.type == "SupplierPaid" and each.command_id == entry.command_id
        )
        said = words(self.language).page["to_the_supplier"]
        return Came(
            "paid",
            said,
            self.project.paid,
            NOTHING,
            entry.occurred_on,
            "invoice",
            next(invoices, ""),
            self._who(entry),
        )

    def handed(self) -> Came:
        entry = self._last("DeliveryConfirmed")
        if entry is None:
            return Came("handed", self._nothing())
        said = words(self.language).page["handed_all" if self.project.complete else "handed_part"]
        return Came(
            "handed",
            said,
            self.project.goods_delivered,
            self.project.cash_delivered,
            entry.occurred_on,
            who=self._who(entry),
        )

    def found(self) -> Came:
        entry = self._last("VisitRecorded")
        if entry is None:
            return Came("found", self._nothing())
        said = words(self.language)
        condition = said.of(ProjectCondition(entry.details["project"]))
        comma = f"{COMMA[self.language]} "
        found = dict.fromkeys(
            EquipmentCondition(each["condition"]) for each in entry.details["items"]
        )
        if not found:
            return Came("found", condition, on=entry.occurred_on, who=self._who(entry))
        items = comma.join(said.of(each) for each in found)
        what = f"{condition}{comma}{said.field['items']}{COLON[self.language]} {items}"
        return Came("found", what, on=entry.occurred_on, who=self._who(entry))

    def _nothing(self) -> Missing:
        """After a refusal there is nothing more to come."""
        refused = self.project.decision is DecisionKind.REJECT
        return Missing(Gap.DOES_NOT_APPLY) if refused else NOT_YET

    def _last(self, kind: str) -> TimelineEntry | None:
        """The track's last entry of a type, by the day it happened."""
        track = str(self.track_id)
        of_kind = (
            each
            for each in self.entries
            if each.type == kind and each.details.get("track_id") == track
        )
        return max(of_kind, key=lambda each: (each.occurred_on, each.position), default=None)

    def _who(self, entry: TimelineEntry) -> str | Missing:
        return self.staff.get(entry.actor_id) or words(self.language).of(entry.actor_role)
