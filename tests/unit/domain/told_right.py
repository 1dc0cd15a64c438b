"""Histories in which something was told wrongly and mended, beside those in which it was told rightly.

Late entry, correction and retraction are one operation: whatever was mended, the present is as if the
right thing had been told at first, in its place.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import TypeVar
from uuid import UUID, uuid5

from domain.case import steps as s
from domain.case.awaiting.steps import AwaitThirdParty
from domain.case.events import TrackEvent
from domain.case.household.steps import AddHouseholdMember
from domain.case.support.steps import OpenSupport
from domain.errors import Refused
from domain.mending.ways import Way, way_of
from domain.message import Recorded, Step, StreamKind, stream_id
from domain.tracks.employment.steps import RecordApplication
from domain.tracks.self_employment.steps import ChangeProject, ProposeProject, ReviseProject
from tests.support.paper import ROOT
from tests.unit.domain.conftest import House
from tests.unit.domain.diamond import any_step, asked, led_on, present, take, with_versions

MOST = 3
"""Entries that are mended together."""
DRAWS = 40
"""Steps drawn in search of another of a kind."""
STATES = 10
"""Times that something is mended of one history."""
WHY = "Mistyped."
NAMING = (
    *(s.OpenTrack, ProposeProject, RecordApplication),
    *(OpenSupport, AwaitThirdParty, AddHouseholdMember),
)
"""What they make has its name from the command: told once more it is another."""

OF_THE_HOUSE = frozenset(
    {
        # What is judged by how the house stands, which is another in another order.
        *("case_closed", "already_submitted", "already_approved", "track_ended"),
        # Nothing rests on the review of an exemption, nor is it asked again whose visits rest.
        *("review_not_outstanding", "track_choice_missing", "track_choice_superfluous"),
        # It only keeps something from being done twice, or after a death that is known.
        *("already_enrolled", "training_already_completed", "person_died"),
        *("already_at_school", "already_hired"),
        # By who the person is, and who answers for them, as is known now.
        *(
            "schooling_opens_below_age",
            "birth_not_known",
            "guardian_signs",
            "of_age_signs",
            "guardian_missing",
        ),
        # No day is before the latest of what it follows, which may have been told since.
        "date_before_earlier_step",
    }
)
"""With these codes a correction may be refused of what could have been told so at first."""

Instead = Mapping[int, Step | None]
"""By its place in a history: what a step should have said; None: nothing."""


@dataclass(frozen=True)
class Told:
    """A step that was accepted, and the house before it."""

    before: House
    step: Step
    command_id: UUID

    def recorded(self, house: House) -> list[Recorded]:
        """In the case."""
        events = house.paper.of(stream_id(StreamKind.CASE, house.case_id))
        return [each for each in events if each.envelope.command_id == self.command_id]

    def entry(self, house: House) -> int:
        return self.recorded(house)[0].envelope.version

    def ways(self, house: House) -> list[Way]:
        return [way_of(type(each.event)) for each in self.recorded(house)]

    def may_be_mended(self, house: House) -> bool:
        """Whether no other step does it; what is undone on lists leaves its days there, an opening
        keeps its reference, whatever its year, and a plan is mended before anything is said of it.
        """
        ways = self.ways(house)
        if isinstance(self.step, s.OpenCase | ReviseProject | ChangeProject):
            return False
        return bool(ways) and not any(way.undone or (way.correct and way.retract) for way in ways)


@dataclass(frozen=True)
class History:
    """What was told, and what it came to."""

    told: Sequence[Told]
    house: House


@dataclass
class Tally:
    """What came of some pairs."""

    agreed: Counter[str] = field(default_factory=Counter)
    """By the kind of step that was mended."""
    wrong: list[str] = field(default_factory=list)
    refused: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """What was refused where it was mended, and was accepted as it would have been told at first."""
    pairs: int = 0
    """That were compared."""

    @property
    def unlike(self) -> list[tuple[str, ...]]:
        """What was refused, and would have been accepted at first, for no reason of the house."""
        return [each for each in self.refused if each[-1] not in OF_THE_HOUSE]

    def add(self, kinds: Sequence[str], what: str, *, same: bool) -> None:
        self.pairs += 1
        if same:
            self.agreed.update(kinds)
        else:
            self.wrong.append(what)


def lived(random: Random, house: House) -> History:
    """At random: the usual steps, and others among them.

    None that mends: it names its entry by a number, which is another where less was told.
    """
    there, told = with_versions(house), list[Told]()
    for number, step in enumerate(led_on(random, there)):
        if isinstance(step, s.RetractEntry | s.CorrectEntries):
            continue
        before, command_id = copied(there), uuid5(ROOT, f"told {number} {step!r}")
        try:
            take(there, step, command_id)
        except Refused:
            continue
        told.append(_on_its_track(Told(before, step, command_id), there))
    return History(told, there)


def _on_its_track(told: Told, house: House) -> Told:
    """With the track it was taken on named: where less is told, another could be meant."""
    if not isinstance(told.step, s.TrackStep) or told.step.track_id is not None:
        return told
    events = (each.event for each in told.recorded(house))
    track = next((each.track_id for each in events if isinstance(each, TrackEvent)), None)
    return replace(told, step=told.step.model_copy(update={"track_id": track}))


def copied(house: House) -> House:
    return replace(house, paper=house.paper.copy())


def rightly(history: History, instead: Instead) -> tuple[House, bool]:
    """As it would be, had that been told from the beginning; and whether in the same order.

    What is refused then is told once what it needs was. Raises `Refused` where it never passes.
    """
    first = min(instead)
    there, waiting = copied(history.told[first].before), list[tuple[Step, UUID]]()
    for place, each in enumerate(history.told[first:], start=first):
        if (step := instead.get(place, each.step)) is not None:
            waiting.append((step, each.command_id))
    before = len(waiting)
    waiting = _told(there, waiting)
    in_order = not waiting
    while waiting:
        if len(waiting) == before:
            step, command_id = waiting[0]
            take(there, step, command_id)
        before, waiting = len(waiting), _told(there, waiting)
    return there, in_order


def _told(there: House, steps: Sequence[tuple[Step, UUID]]) -> list[tuple[Step, UUID]]:
    """All that pass, one after the other; gives those that do not."""
    refused = []
    for step, command_id in steps:
        try:
            take(there, step, command_id)
        except Refused:
            refused.append((step, command_id))
    return refused


def mended(history: History, instead: Instead, *, wrong_person: bool = False) -> House:
    """As it is once it is mended. Raises `Refused`."""
    there = copied(history.house)
    there.take(mending(history, instead, wrong_person=wrong_person), there.coordinator)
    return there


def mending(history: History, instead: Instead, *, wrong_person: bool = False) -> Step:
    """One of several, or a correction of one; a retraction where one is told no more."""
    house, on = history.house, history.house.paper.today
    numbers = {place: history.told[place].entry(house) for place in instead}
    if len(instead) == 1 and None in instead.values():
        (number,) = numbers.values()
        return s.RetractEntry(
            occurred_on=on, entry_number=number, explanation=WHY, wrong_person=wrong_person
        )
    entries = tuple(
        s.Correction(entry_number=numbers[place], content=said(step))
        for place, step in instead.items()
    )
    return s.CorrectEntries(occurred_on=on, entries=entries, explanation=WHY)


def said(step: Step | None) -> dict[str, object] | None:
    return None if step is None else step.model_dump(mode="json", exclude_unset=True)


def drawn(random: Random, history: History) -> Instead:
    """Some of what stands in the case, and what it should have said."""
    places = [place for place, each in enumerate(history.told) if each.may_be_mended(history.house)]
    some = random.sample(places, min(len(places), random.choice([1, 1, 1, 2, MOST])))
    return {place: _other(random, history, place) for place in sorted(some)}


def _other(random: Random, history: History, place: int) -> Step | None:
    told, chance = history.told[place], random.random()
    if chance < 0.3 or any(way.correct for way in told.ways(history.house)):
        return None
    if chance < 0.4:
        return told.step
    if chance < 0.7:
        for _ in range(DRAWS):
            other = any_step(random, history.house)
            if type(other) is type(told.step):
                return other
    on = told.step.occurred_on + timedelta(days=random.randint(-40, 40))
    return told.step.model_copy(update={"occurred_on": min(on, history.house.paper.today)})


T = TypeVar("T")


def outcome(there: Callable[[], T]) -> T | str:
    """Or the code with which it is refused."""
    try:
        return there()
    except Refused as refused:
        return refused.code


def compared(random: Random, house: House, pairs: int) -> Tally:
    """So many mended histories beside those in which it was told rightly."""
    tally = Tally()
    while tally.pairs < pairs:
        history = lived(random, house)
        for _ in range(STATES):
            if instead := drawn(random, history):
                _compare(history, instead, tally)
        _again(random, history, tally)
    return tally


def _compare(history: History, instead: Instead, tally: Tally) -> None:
    one = outcome(lambda: mended(history, instead))
    other = outcome(lambda: rightly(history, instead))
    kinds = tuple(_kind(history.told[place].step, step) for place, step in instead.items())
    if isinstance(one, str):
        if not isinstance(other, str):
            tally.refused[*kinds, one] += 1
        return
    if isinstance(other, str):
        return
    right, in_order = other
    if in_order and asked(one) == asked(history.house) == asked(right):
        what = " / ".join(
            f"{history.told[place].step!r} → {step!r}" for place, step in instead.items()
        )
        tally.add(kinds, what, same=present(one) == present(right))


def _kind(told: Step, step: Step | None) -> str:
    how = "retracted" if step is None else "as it was" if step == told else "otherwise"
    return f"{type(told).__name__} {how}"


def _again(random: Random, history: History, tally: Tally) -> None:
    """Taken back, and told once more as it was: it is the same, though entered last."""
    days = Counter(each.step.occurred_on for each in history.told)
    places = [
        place
        for place, each in enumerate(history.told)
        if each.may_be_mended(history.house)
        and not isinstance(each.step, NAMING)
        and days[each.step.occurred_on] == 1
    ]
    if not places:
        return
    place = random.choice(places)
    told = history.told[place]
    there = outcome(lambda: mended(history, {place: None}))
    if isinstance(there, str):
        return
    kind = f"{type(told.step).__name__} again"
    try:
        take(there, told.step, uuid5(told.command_id, "again"))
    except Refused as refused:
        tally.refused[kind, refused.code] += 1
        return
    if asked(there) == asked(history.house):
        tally.add((kind,), repr(told.step), same=present(there) == present(history.house))
