"""Sheets of every kind, of an invented person, and how they are printed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.beneficiary.events import KnownPaper
from domain.beneficiary.vocabulary import IdentityKind, Language
from domain.case.attestation.vocabulary import FIRST_WORDING, AttestationKind
from domain.case.consents.vocabulary import Purpose
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.project.vocabulary import DecisionKind, EquipmentCondition
from domain.rules import DecidingBody
from domain.tracks.training.vocabulary import Presence
from domain.values.trades import Trade
from projections.views.projects import ProjectFacts
from service.printing.press import typeset
from service.printing.setting import set_sheets
from service.queries.ceremonies import ItemStanding, LineStanding
from service.queries.erasing.shape import CopyOutside, ErasureLeaves, ErasureTakes
from service.queries.papers_out.due import ON_PAPER
from service.queries.papers_out.sheets import (
    AttendanceLine,
    AttendanceSheet,
    AttestationSheet,
    CeremonySheet,
    CertificateSheet,
    Collection,
    ConsentSheet,
    DueReview,
    ListedLine,
    Milestone,
    Named,
    Paper,
    Passed,
    Person,
    Printout,
    RecordSheet,
    SessionLine,
    SessionSheet,
    Sheet,
    Site,
    Slip,
    SlipItem,
    Summary,
    SummaryItem,
    SummaryTrack,
    Undertaking,
    Visit,
    VisitSheet,
)
from service.queries.record.shape import RecordEntry, RecordLine, RecordSection
from service.words.language import Language as ReadLanguage

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
ADDRESS = "https://jisr.example"
DAY = date(2024, 12, 1)
OF_CASE: dict[str, Any] = {
    "collection": Collection.CASES,
    "thing_id": UUID(int=7),
    "reference": "TAZ-24-0017",
}


def person(**more: Any) -> Person:
    told = {"name_ar": "سلمى المثال", "name_latin": "Salma Elmithal"}
    return Person(**({"erased_on": None, "key_lost": False} | told | more))


def item(number: int = 1, label: str | None = "آلة خياطة") -> SlipItem:
    return SlipItem(item=number, label=label, quantity=1, serials=(), handed=False)


def slip(**more: Any) -> Slip:
    told: dict[str, Any] = {
        "collection": Collection.CASES,
        "thing_id": UUID(int=7),
        "reference": "TAZ-24-0017",
        "person": person(),
        "identity": KnownPaper(kind=next(iter(IdentityKind)), number="ZZ000001"),
        "minor": False,
        "guardian": None,
        "trade": Trade.SEWING,
        "site": Site(name="siège de la province", city="Taza", held_on=date(2024, 12, 1)),
        "handed_on": None,
        "items": (item(),),
        "cash": Decimal("28780.18"),
    }
    return Slip(**told | more)


def printout(*sheets: Sheet, paper: Paper = Paper.DELIVERY_SLIP) -> Printout:
    return Printout(
        paper=paper,
        position=18245,
        printed_at=AT,
        printed_by="taza-caseworker-1",
        centre_code="TAZ",
        sheets=sheets,  # type: ignore[arg-type]  # of whichever kind
    )


def printed(
    *sheets: Sheet, paper: Paper = Paper.DELIVERY_SLIP, address: str | None = ADDRESS
) -> bytes:
    return typeset(set_sheets(printout(*sheets, paper=paper), address), AT)


def undertaking(**more: Any) -> Undertaking:
    told: dict[str, Any] = OF_CASE | {
        "person": person(),
        "identity": KnownPaper(kind=next(iter(IdentityKind)), number="ZZ000001"),
        "address": "12 invented street",
        "trade": Trade.SEWING,
        "items": (item(), item(2, "overlock machine")),
        "equipment": Decimal("26780.18"),
        "cash": Decimal(2000),
        "signed_on": None,
    }
    return Undertaking(**told | more)


def due(kind: ReviewKind = ReviewKind.VISIT) -> DueReview:
    return DueReview(kind=kind, due_on=DAY, window_end=DAY, status=ReviewStatus.DUE)


def summary(**more: Any) -> Summary:
    facts: dict[str, Any] = dict.fromkeys(ProjectFacts.model_fields, Decimal(0)) | {
        "estimated": Decimal(30000),
        "decision": DecisionKind.APPROVE,
        "complete": False,
        "condition": None,
        "items_in_use": 0,
        "items_not_in_use": 0,
    }
    track = SummaryTrack(
        trade=Trade.SEWING,
        passed=tuple(Passed(milestone=each, on=DAY) for each in Milestone),
        items=tuple(
            SummaryItem(**dict(item(number)), standing=standing, condition=condition)
            for number, (standing, condition) in enumerate(
                [
                    *((each, None) for each in ItemStanding),
                    *((ItemStanding.DELIVERED, each) for each in EquipmentCondition),
                ],
                start=1,
            )
        ),
        facts=ProjectFacts(**facts),
    )
    told: dict[str, Any] = OF_CASE | {
        "person": person(),
        "opened_on": DAY,
        "closed": True,
        "tracks": (track, track),
        "due": tuple(due(each) for each in ON_PAPER),
    }
    return Summary(**told | more)


def visit(**more: Any) -> Visit:
    told: dict[str, Any] = {
        "reference": "TAZ-24-0017",
        "person": person(),
        "phone": "+212612345678",
        "may_leave_message": False,
        "language": Language.TAMAZIGHT,
        "address": "12 invented street",
        "province": "taza",
        "due": (due(),),
        "items": (item(),),
    }
    return Visit(**told | more)


def visits(*some: Visit) -> VisitSheet:
    told = OF_CASE | {"collection": Collection.VISITS, "reference": None}
    return VisitSheet(**told, visits=some or (visit(),))


def line(number: int = 1, **more: Any) -> ListedLine:
    told: dict[str, Any] = {
        "reference": f"TAZ-24-{number:04}",
        "person": person(),
        "state": LineStanding.TOLD,
        "items": (item(),),
        "cash_grant": Decimal(2000),
        "goods": Decimal("1000.10"),
        "cash": Decimal(2000),
    }
    return ListedLine(**told | more)


def ceremony(*lines: ListedLine, **more: Any) -> CeremonySheet:
    told: dict[str, Any] = {
        "collection": Collection.CEREMONIES,
        "thing_id": UUID(int=8),
        "reference": None,
        "site": Site(name="siège de la province", city="Taza", held_on=DAY),
        "province": "taza",
        "presided_by": "the governor",
        "attended": ("the president of the council",),
        "held": True,
        "lines": lines,
        "goods": Decimal("28780.18"),
        "cash": Decimal(4000),
    }
    return CeremonySheet(**told | more)


def session_line(decision: DecisionKind | None = None, **more: Any) -> SessionLine:
    approved = decision is DecisionKind.APPROVE
    told: dict[str, Any] = {
        "reference": "TAZ-24-0017",
        "person": person(),
        "trade": Trade.SEWING,
        "appeal": True,
        "asked": Decimal(32000),
        "recommended": Decimal(30000),
        "decision": decision,
        "equipment": Decimal(28000) if approved else None,
        "cash": Decimal(2000) if approved else None,
    }
    return SessionLine(**told | more)


def session(*lines: SessionLine, **more: Any) -> SessionSheet:
    told: dict[str, Any] = {
        "collection": Collection.SESSIONS,
        "thing_id": UUID(int=9),
        "reference": None,
        "body": DecidingBody.COMMITTEE,
        "committee": Named(name_ar="لجنة تازة", name_fr="Comité, Taza"),
        "region": None,
        "meets_on": DAY,
        "minutes": "12/2024",
        "lines": lines,
    }
    return SessionSheet(**told | more)


def attestation(**more: Any) -> AttestationSheet:
    told: dict[str, Any] = {
        "collection": Collection.CASES,
        "thing_id": UUID(int=11),
        "reference": "TAZ-24-0017",
        "number": "A-TAZ-26-0007",
        "kind": AttestationKind.FOLLOW_UP,
        "wording": FIRST_WORDING,
        "copied": False,
        "person": person(),
        "known_since": DAY,
        "for_whom": "Commune de Taza",
        "purpose": None,
        "training": None,
        "followed_from": None,
        "followed_until": None,
        "issued_on": DAY,
    }
    return AttestationSheet(**told | more)


def trainee(told: Presence | None = None, who: Person | None = None) -> AttendanceLine:
    return AttendanceLine(reference="TAZ-24-0017", person=who or person(), told=told)


def attendance(*lines: AttendanceLine, **more: Any) -> AttendanceSheet:
    told: dict[str, Any] = {
        "collection": Collection.COHORTS,
        "thing_id": UUID(int=10),
        "reference": None,
        "trade": Trade.SEWING,
        "provider": Named(name_ar="مركز التكوين تازة", name_fr="Centre de formation, Taza"),
        "timetable": "lundi à vendredi, 9 h à 12 h",
        "on": DAY,
        "lines": lines,
    }
    return AttendanceSheet(**told | more)


def consent_form(**more: Any) -> ConsentSheet:
    told: dict[str, Any] = OF_CASE | {
        "person": person(),
        "identity": KnownPaper(kind=next(iter(IdentityKind)), number="ZZ000001"),
        "minor": False,
        "guardian": None,
        "purposes": tuple(Purpose),
    }
    return ConsentSheet(**told | more)


def record(language: ReadLanguage = ReadLanguage.FRENCH, *entries: RecordEntry) -> RecordSheet:
    """All that is kept of a person, of whom one entry says anything."""
    entry = RecordEntry(
        on=DAY,
        title="Note",
        by="taza-caseworker-1",
        stands=False,
        lines=(RecordLine(label="Texte", value="Coud pour ses voisines."),),
    )
    return RecordSheet(
        **(OF_CASE | {"collection": Collection.PEOPLE, "reference": None}),
        person=person(),
        language=language,
        sections=(
            RecordSection(title="À propos", intro="Tout ce qui est conservé."),
            RecordSection(title="Dossier", entries=entries or (entry,)),
        ),
    )


def certificate(**more: Any) -> CertificateSheet:
    kept = ErasureLeaves(
        case_id=UUID(int=7),
        reference="TAZ-24-0017",
        centre="taza",
        opened_on=DAY,
        outcome=None,
        entries=24,
        delivered=Decimal("28780.18"),
        paid=Decimal(0),
    )
    copy = CopyOutside(what="attestation", number="A-TAZ-24-0001", on=DAY, by=None, times=1)
    told: dict[str, Any] = {
        "erased_on": DAY,
        "asked_on": DAY,
        "asked_by": "division-1",
        "confirmed_by": "taza-coordinator-1",
        "entry": 18245,
        "key_destroyed": True,
        "takes": ErasureTakes(entries=21, papers=2, registrations=1, cases=1),
        "leaves": (kept,),
        "outside": (copy,),
    }
    return CertificateSheet(**(OF_CASE | {"collection": Collection.PEOPLE}), **(told | more))
