"""The minutes of a session: its number once, then a decision on a page a line, one after another.

Each line is a form of its own on its own case, with its own key; what leads from one to the next is
the list, as it stands when the page is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.message import StreamKind
from domain.project.vocabulary import DecisionKind
from domain.values.money import NOTHING
from service.console.choices.about import About
from service.console.choices.asking import as_id
from service.console.forms import typed
from service.console.forms.answers import PARTS_OF_A_DAY
from service.console.forms.refilled import OTHER
from service.console.hand_made.asking import Asking, HandMade
from service.console.hand_made.session_lines import Minutes, minutes_if_any
from service.console.showing.session import FileLine
from service.console.showing.session_sums import Left, Sums, expected
from service.console.visit import Signed
from service.queries.tracks.self_employment import SubmissionAnswer

KNOWN_OF_A_LINE = ("track_id", "agreement_id")
"""What the list knows, so that nobody is asked it."""


@dataclass(frozen=True, slots=True)
class WithLine:
    """What is left with what is typed for the line."""

    amount: Decimal
    """MAD, equipment and cash together; nothing unless it is approved."""
    left: Left
    others_pass: Left
    """If every other file that waits is approved too."""

    @property
    def too_much(self) -> Decimal:
        return max(NOTHING, -self.left.room)


async def line_facts(asking: Asking) -> Mapping[str, Any]:
    """Of the line that is at hand; nothing where several wait and none is named."""
    about = asking.about
    put = _submission(about, as_id(asking.typed.get("agreement_id", "")))
    minutes = await minutes_if_any(asking.visit, put.session_id if put else None)
    if minutes is None or about is None or put is None:
        return {}
    line = minutes.line(about.id, put.agreement_id)
    if line is None:
        return {}
    sums = minutes.sums_under(put.agreement_id)
    return {
        "minutes": minutes,
        "line": line,
        "next": minutes.after(line),
        "on": _day(asking.typed),
        "sums": sums,
        "with_line": with_line(sums, line, asking.typed) if sums else None,
        "known": {
            name: asking.typed.get(name, "") or known
            for name, known in zip(
                KNOWN_OF_A_LINE, (_track(about, put), str(put.agreement_id)), strict=True
            )
        },
    }


def _submissions(about: About | None) -> list[tuple[UUID, SubmissionAnswer]]:
    """Of the case, each with its track."""
    if about is None or about.kind is not StreamKind.CASE or about.lent:
        return []
    return [
        (track.track_id, each) for track in about.answer.with_projects for each in track.submissions
    ]


def _submission(about: About | None, agreement_id: UUID | None) -> SubmissionAnswer | None:
    """The one under that agreement, else the only one that stands on a session's list."""
    found = [each for _, each in _submissions(about) if each.session_id and each.decision is None]
    named = [each for each in found if each.agreement_id == agreement_id]
    return next(iter(named), found[0] if len(found) == 1 and agreement_id is None else None)


def _track(about: About, put: SubmissionAnswer) -> str:
    return next((str(track) for track, each in _submissions(about) if each is put), "")


def with_line(sums: Sums, line: FileLine, sent: Mapping[str, str]) -> WithLine:
    """What is typed so far; below zero where it is more than there is."""
    approves = sent.get("decision") == DecisionKind.APPROVE
    amount = _typed(sent, "equipment_amount") + _typed(sent, "cash_grant") if approves else NOTHING
    its_own = expected(line.asked, line.recommended)
    others = Left(sums.if_all_pass.room + its_own, sums.if_all_pass.places + 1)
    place = 1 if approves else 0
    return WithLine(amount, sums.left.less(amount, place), others.less(amount, place))


def _day(sent: Mapping[str, str]) -> date | None:
    """That it was decided, where the list said so beforehand."""
    if sent.get("occurred_on") != OTHER:
        return None
    return typed.day(*(sent.get(f"occurred_on.{each}", "") for each in PARTS_OF_A_DAY))


def _typed(sent: Mapping[str, str], name: str) -> Decimal:
    return Decimal(typed.amount(sent.get(name, "")) or 0)


async def session_facts(asking: Asking) -> Mapping[str, Any]:
    """Of the session whose minutes are begun."""
    return {
        "minutes": await minutes_if_any(asking.visit, asking.about.id if asking.about else None)
    }


async def after_line(visit: Signed, about: About | None) -> Mapping[str, Any]:
    """How far the minutes have come with the decision that was just recorded."""
    decided = [each for _, each in _submissions(about) if each.decision and each.session_id]
    last = max(decided, key=lambda each: str(each.decided_on), default=None)
    minutes = await minutes_if_any(visit, last.session_id if last else None)
    if minutes is None or about is None or last is None:
        return {}
    return _chain(minutes, minutes.line(about.id, last.agreement_id))


async def after_minutes(visit: Signed, about: About | None) -> Mapping[str, Any]:
    minutes = await minutes_if_any(visit, about.id if about else None)
    return {} if minutes is None else _chain(minutes, None) | {"scan": True}


def _chain(minutes: Minutes, line: FileLine | None) -> dict[str, Any]:
    return {"minutes": minutes, "line": line, "next": minutes.after(line)}


LINE = HandMade(
    template="hand_made/decision.html",
    check="hand_made/decision_check.html",
    facts=line_facts,
    receipt="hand_made/decision_sent.html",
    after=after_line,
)
NUMBER = HandMade(
    template="hand_made/minutes.html",
    facts=session_facts,
    receipt="hand_made/decision_sent.html",
    after=after_minutes,
)
