"""Every component of the pages in its states, with made-up data: for who looks after the console."""

from datetime import date, timedelta
from decimal import Decimal

from starlette.responses import Response

from domain.case.schedule import ReviewStatus
from domain.case.vocabulary import Stage
from domain.errors import NotAllowed
from domain.message import Role
from service.console.showing.attention import Attention
from service.console.showing.bars import beside, falling
from service.console.showing.case_cards import Card
from service.console.showing.case_cards import Fact as Known
from service.console.showing.found import Search
from service.console.showing.gaps import Gap, Missing
from service.console.showing.links import StepLink
from service.console.showing.person import Phone
from service.console.showing.reviews import ReviewLine
from service.console.showing.story import Fact, Line
from service.console.visit import Signed
from service.words import writing
from service.words.language import Language
from service.words.store import Words, words

LONG_ARABIC, LONG_LATIN = "عبدالمستعينبالله" * 4, "Abdelmoustaineelmithali" * 3
COUNTS = (0, 1, 2, 3, 11, 100)
"""One for each plural that a language has."""
SUMS = (Decimal(0), Decimal("28780.18"), Decimal(1_000_000), Decimal(-4200))
SIGNS = (
    "late",
    "due",
    "wait",
    "scheduled",
    "done",
    "rest",
    "lock",
    "struck",
    "here",
    "dash",
    "exempt",
    "missed",
    "late-entry",
)
GALLERY = "/console/gallery"
DONE = ReviewStatus.SCHEDULED, ReviewStatus.COMPLETED, ReviewStatus.EXEMPT, ReviewStatus.MISSED


async def gallery_page(visit: Signed) -> Response:
    """Raises `NotAllowed` for everybody but an administrator."""
    if visit.actor.role is not Role.ADMINISTRATOR:
        raise NotAllowed
    today, language, said = visit.today, visit.language, words(visit.language)
    return visit.page(
        "gallery.html",
        signs=SIGNS,
        counts=COUNTS,
        sums=SUMS,
        missing=[Missing(gap, today if gap is Gap.ERASED else None) for gap in Gap],
        people=_people(language),
        search=Search.of("salma"),
        stages=[said.of(stage) for stage in Stage],
        reached=range(len(Stage)),
        since=today - timedelta(days=500),
        reviews=[_review(each, today, said) for each in DONE],
        attention=_attention(today, said),
        cards=_cards(today, said),
        steps=_steps(said),
        events=_events(today, said),
        falling=falling(
            ("envelope", Decimal(1_000_000)),
            [("committed", Decimal(600_000)), ("repaid", Decimal(4200))],
            "room",
        ),
        beside=beside(
            [("received", Decimal(500_000)), ("spent", Decimal(1)), ("in_hand", Decimal(0))],
            Decimal(500_000),
        ),
    )


def _people(language: Language) -> list[tuple[writing.Name, ...]]:
    return [
        writing.names("سلمى المثال", "Salma Elmithal", language),
        writing.names("سلمى المثال", None, language),
        writing.names(None, "Salma Elmithal", language),
        writing.names(LONG_ARABIC, LONG_LATIN, language),
    ]


def _review(status: ReviewStatus, on: date, said: Words, late: int = 0) -> ReviewLine:
    name = said.code["ReviewKind"]["visit"]
    stands = said.of(status)
    return ReviewLine(name, status, stands, on, on, late, "", tells_of_custody=False, step="")


def _steps(said: Words) -> tuple[StepLink, ...]:
    names = ("record-visit", "record-contact", "exempt-review")
    return tuple(StepLink(each, said.step[each], GALLERY) for each in names)


def _attention(today: date, said: Words) -> list[Attention]:
    visit, contact, exempt = _steps(said)
    late = _review(ReviewStatus.OVERDUE, today - timedelta(days=12), said, 12)
    due = _review(ReviewStatus.DUE, today, said)
    ends = today + timedelta(days=30)
    return [
        Attention("late", late.name, late, step=visit, beside=(exempt,)),
        Attention("due", due.name, due, step=contact),
        Attention("wait", said.step["pause-case"], asked_on=today, lapses_on=ends),
        Attention("scheduled", said.step["assess-needs"], step=contact),
    ]


def _cards(today: date, said: Words) -> list[Card]:
    phone = Phone("+212600000001", "+212 6 00 00 00 01", "")
    label = said.page["plan_agreed_on"]
    steps = _steps(said)
    return [
        Card("plan", (Known(label, today),), steps=steps),
        Card("needs", (Known(label, Missing(Gap.NOT_RECORDED)),)),
        Card("family", (Known(said.page["phone"], "Amina", phone),)),
        Card("custody", (), steps=steps[:1], folded=True),
        Card(
            "papers", (Known(said.page["papers_kept"], "2"),), (Known(label, today, place="Taza"),)
        ),
        Card("people", (Known(said.page["caseworker"], Missing(Gap.NOT_SHOWN)),)),
    ]


def _events(today: date, said: Words) -> list[tuple[Line, tuple[StepLink, ...]]]:
    visit, contact = said.event["VisitRecorded"], said.event["ContactRecorded"]
    money = (
        Fact(said.field["cash_grant"], Decimal(2000)),
        Fact(said.field["ends_on"], today),
        Fact(said.field["season"], "2026"),
    )
    long_ago = writing.day(today - timedelta(days=600), Language.FRENCH)
    corrected = said.page["corrected_on"]
    return [
        (Line((visit,), today, money, "taza-caseworker-1", "", number=9), _steps(said)[:2]),
        (Line((contact,), today, (), Missing(Gap.KEY_LOST), long_ago, number=8), ()),
        (
            Line(
                (visit, contact),
                today,
                money[:1],
                "taza-caseworker-1",
                "",
                mended=corrected,
                mended_on=today,
                mended_by=9,
                number=7,
            ),
            (),
        ),
        (Line((visit,), today, (), "", "", number=6, instead_of=7), ()),
        (Line((contact,), today, (), "", "", reminders=4), ()),
    ]
