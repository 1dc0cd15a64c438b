"""Forms that mend what was recorded: beside each answer what stands today, and what rests on it.

Who was registered twice is mended too (`merging.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.events.stored import EVENTS
from domain.mending.ways import way_of
from domain.message import Step
from service.console.choices.asking import Choosing
from service.console.choices.candidates import candidates
from service.console.choices.corrections import Told as Entry
from service.console.choices.corrections import told_by_entries
from service.console.forms.answers import Complaint, read
from service.console.forms.layouts import LAYOUTS
from service.console.forms.making import questions_of
from service.console.forms.questions import Question, every
from service.console.forms.refilled import refilled
from service.console.forms.told import Change, Told, changes, told
from service.console.hand_made.asking import Asking, HandMade
from service.console.hand_made.entries import about_the_entry, entry_at, known, stood
from service.console.hand_made.merging import MERGING
from service.console.hand_made.resting import Resting, follows, rests_on
from service.console.showing.links import CaseLinks, StepLink
from service.words.store import words


@dataclass(frozen=True, slots=True)
class Mended:
    """An entry that is chosen."""

    at: str
    """The question by which it is; empty where the form is about it alone."""
    what: str
    """Which one, as it is offered."""
    says: Sequence[Told]
    """What stands today."""
    changes: Sequence[Change] = ()
    retracted: bool = False
    """Whether nothing is told in its place."""
    anew: bool = True
    """Whether the form asks for it anew."""
    resting: Resting | None = None
    instead: Sequence[StepLink] = ()
    """The steps that mend it, where this one does not."""


async def correcting(asking: Asking) -> Mapping[str, Any]:
    """Of a correction of entries of a case, each told anew by the form of its own step."""
    choosing = Choosing(asking.visit, asking.step, asking.about, asking.typed, "entries")
    asked = {each.name: each for each in every(asking.questions)}
    entries = [await _row(asking, each, asked) for each in await told_by_entries(choosing)]
    return await _facts(asking, entries)


async def _row(asking: Asking, entry: Entry, asked: Mapping[str, Question]) -> Mended:
    name = f"{entry.row}.entry_number"
    number = asking.typed.get(name, "")
    content = asked.get(f"{entry.row}.content")
    inside = content.inside if content else ()
    says = _told(asking, inside, refilled(inside, entry.says))
    becomes = _told(asking, inside, asking.typed)
    return Mended(
        at=name,
        what=(asked[name].options or {}).get(number, ""),
        says=says,
        changes=changes(says, becomes),
        retracted=not becomes,
        resting=await rests_on(asking, number),
        instead=await _instead(asking, number, retracting=False),
    )


async def retracting(asking: Asking) -> Mapping[str, Any]:
    """What falls away with an entry."""
    number = asking.typed.get("entry_number", "")
    choosing = Choosing(
        asking.visit, asking.step, asking.about, {"entry.0.entry_number": number}, "entry"
    )
    chosen = next((each for each in asking.questions if each.name == "entry_number"), None)
    entries = []
    for each in await told_by_entries(choosing):
        layout = LAYOUTS[each.step]
        offered = await candidates(asking.visit, each.step, layout, asking.about, {})
        questions = questions_of(each.step, layout, offered, asking.visit.language)
        entries.append(
            Mended(
                at="entry_number",
                what=((chosen.options if chosen else None) or {}).get(number, ""),
                says=_told(asking, questions, refilled(questions, each.says)),
                retracted=True,
                anew=False,
                resting=await rests_on(asking, number),
                instead=await _instead(asking, number, retracting=True),
            )
        )
    return await _facts(asking, entries)


async def compensating(asking: Asking) -> Mapping[str, Any]:
    """Of what moved money: its form asks for it anew, what it moved is compensated."""
    name = "payment" if "payment" in {each.name for each in asking.questions} else "entry_number"
    chosen = next(each for each in asking.questions if each.name == name)
    number, was = asking.typed.get(name, ""), await stood(asking)
    questions = about_the_entry(asking)
    if not number or (asking.step in TOLD_ANEW and not was):
        return {}
    says, becomes = _told(asking, questions, was), _told(asking, questions, asking.typed)
    days = (each for one in says if one.name == "occurred_on" for each in one.values)
    day = next((each for each in days if isinstance(each, date)), None)
    entry = Mended(
        at="",
        what=(chosen.options or {}).get(number, ""),
        says=says,
        changes=changes(says, becomes) if was else (),
        retracted=not was,
        anew=bool(was),
        resting=await rests_on(asking, number, day),
    )
    return await _facts(asking, [entry])


async def following(asking: Asking) -> Mapping[str, Any]:
    """Of what is told in sums alone: what follows, once it is filled in."""
    step = _step(asking)
    return {"follows": await follows(asking, step) if step else None}


FOLLOWED = (
    *("correct-receipt", "reverse-loss", "reverse-refund", "cancel-payment"),
    *("correct-funds", "reverse-funds", "cancel-line"),
)
TOLD_ANEW = frozenset(
    {"correct-decision", "correct-delivery", "correct-recovery", "correct-payment"}
)


THE_ENTRY = {"correct-entries": {"entries"}, "retract-entry": {"entry_number"}}
"""What checking tells in its own way; of a step that is about its entry alone all but the reason."""


async def _facts(asking: Asking, entries: Sequence[Mended]) -> Mapping[str, Any]:
    step = _step(asking)
    return {
        "mended": entries,
        "told": THE_ENTRY.get(asking.step)
        or {each.name for each in asking.questions} - {"explanation"},
        "was": {each.name: each.values for entry in _told_anew(entries) for each in entry.says},
        "complaints": list(_unchanged(asking, entries)),
        "follows": await follows(asking, step) if step else None,
    }


def _told_anew(entries: Sequence[Mended]) -> list[Mended]:
    return [each for each in entries if each.anew]


def _told(
    asking: Asking, questions: Sequence[Question], typed: Mapping[str, str]
) -> tuple[Told, ...]:
    return tuple(told(questions, typed, asking.visit.today, asking.visit.language))


def _step(asking: Asking) -> Step | None:
    """As it is filled in, where that makes one."""
    visit = asking.visit
    model = LAYOUTS[asking.step].model
    body = read(model, asking.questions, asking.typed, visit.today, visit.language).body
    return body if isinstance(body, Step) else None


def _unchanged(asking: Asking, entries: Sequence[Mended]) -> Iterator[Complaint]:
    """An entry told as it stands: it need not be sent, and a rule of today's might refuse it."""
    for each in entries:
        if not each.retracted and not each.changes:
            yield Complaint(each.at, words(asking.visit.language).page["mend_nothing_changes"])


async def _instead(asking: Asking, number: str, *, retracting: bool) -> list[StepLink]:
    """By which steps an entry is mended that this one does not mend."""
    case = asking.case
    if case is None:
        return []
    links = CaseLinks(case.case_id, case.open_steps, asking.visit.language)
    told = await entry_at(asking, number)
    found = list[StepLink]()
    for each in told:
        event = EVENTS.get(each.name)
        way = way_of(event) if event else None
        step = (way.retract if retracting else way.correct) if way else ""
        link = links.find(step, entry_number=each.version) if step else None
        found += [link] if link and link not in found else []
    return found


TEMPLATE, CHECK = "hand_made/mend.html", "hand_made/mend_check.html"
MENDING: Mapping[str, HandMade] = {
    "correct-entries": HandMade(TEMPLATE, CHECK, correcting),
    "retract-entry": HandMade(TEMPLATE, CHECK, retracting),
    "reverse-payment": HandMade(TEMPLATE, CHECK, compensating),
    **{step: HandMade(TEMPLATE, CHECK, compensating, known=known) for step in sorted(TOLD_ANEW)},
    **{step: HandMade(check=CHECK, facts=following) for step in FOLLOWED},
    **MERGING,
}
