"""Steps drawn by chance about what was told wrongly, about who a person is, and for a minor."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid5

from domain.beneficiary import steps as b
from domain.beneficiary.vocabulary import Sex
from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PenaltyKind,
    ReleaseKind,
    TrackInside,
)
from domain.errors import Refused
from domain.example import care
from domain.example.beside import SISTER, register_beneficiary
from domain.example.way import Way
from domain.message import Step, StreamKind, stream_id
from tests.support.mistakes import mendable, otherwise
from tests.support.paper import ROOT
from tests.unit.domain.conftest import House

OTHER, OTHER_CASE = uuid5(ROOT, "the other registration"), uuid5(ROOT, "the other case")
ANSWERS = (b.ConfirmBeneficiaryRequest, b.RefuseBeneficiaryRequest)
ON_THE_OTHER = (b.MergePerson, b.UndoMerge, *ANSWERS)
"""What is told of the other registration."""
BIRTHS = [date(1991, 5, 17), date(1991, 5, 18), date(2005, 11, 3), date(2006, 8, 2)]
WHY = "Mistyped."


def mending(random: Random, house: House, day: date) -> Step | None:
    """One entry or two, told otherwise or no more; or what mended one is taken back."""
    entries = mendable(house.paper.of(stream_id(StreamKind.CASE, house.case_id)))
    if not entries:
        return None
    some = random.sample(entries, min(len(entries), random.choice([1, 1, 2])))
    told: dict[str, Any] = {"occurred_on": day, "explanation": WHY}
    if len(some) == 1 and random.random() < 0.4:
        number = some[0].envelope.version
        return s.RetractEntry(entry_number=number, wrong_person=random.random() < 0.2, **told)
    entries_told = tuple(
        s.Correction(entry_number=each.envelope.version, content=otherwise(random, each))
        for each in some
    )
    return s.CorrectEntries(entries=entries_told, **told)


def identity(random: Random, _: House, day: date) -> Step:
    """Another birth date, by which they may be a minor."""
    return b.CorrectIdentity(
        occurred_on=day,
        sex=Sex.FEMALE,
        name_latin=random.choice(["Salma", "Selma"]),
        birth_date=random.choice(BIRTHS),
        explanation=WHY,
    )


def guarded(day: date) -> Step:
    """A minor's details."""
    return b.ChangeDetails(occurred_on=day, guardian=SISTER)


def bound(random: Random, _: House, day: date) -> Step:
    """Hours of community work, a placement, or an entry by which the track is ended."""
    told: dict[str, Any] = {"occurred_on": day}
    ended = custody.TrackChoice(choice=TrackInside.ENDED)
    steps: list[Step] = [
        custody.BeginAlternativePenalty(
            penalty=PenaltyKind.COMMUNITY_WORK, hours_ordered=random.choice([40, 100]), **told
        ),
        custody.RecordPenaltyHours(hours_done=random.choice([10, 40, 90]), **told),
        custody.PlaceInChildProtection(**told),
        custody.BeginDetention(kind=DetentionKind.SENTENCE, tracks=(ended,), **told),
        custody.ReturnToDetention(tracks=(ended,), **told),
        *(
            custody.EndEpisode(episode=each, end=EpisodeEnd.END_OF_SENTENCE, **told)
            for each in (EpisodeKind.CHILD_PROTECTION, EpisodeKind.ALTERNATIVE_PENALTY)
        ),
    ]
    return random.choice(steps)


def merging(random: Random, house: House, day: date) -> Step:
    """The other registration goes by this one, or no more, and which case goes on."""
    steps: list[Step] = [
        b.MergePerson(
            occurred_on=day,
            goes_by=house.way.beneficiary_id,
            goes_on=random.choice([house.case_id, OTHER_CASE, None]),
            explanation=WHY,
        ),
        b.UndoMerge(occurred_on=day, explanation="Her cousin."),
        b.ConfirmBeneficiaryRequest(occurred_on=day),
        b.ConfirmBeneficiaryRequest(occurred_on=day),
        b.RefuseBeneficiaryRequest(occurred_on=day, explanation="n"),
    ]
    return random.choice(steps)


def stories(random: Random, way: Way) -> Iterator[Step]:
    """Of custody, beside the usual way: some of what happens inside, and in freedom again."""
    for story in (care.changes_in_custody, care.back_in_custody, care.towards_conditional_release):
        if random.random() < 0.3:
            yield from story(way)
    if random.random() < 0.4:
        yield from _in_and_out(random, way)


def _in_and_out(random: Random, way: Way) -> Iterator[Step]:
    """From an alternative penalty back inside, out on conditions, back, away, back and out."""
    days = (way.day(day) for day in range(960, 1140, 15))
    yield custody.BeginAlternativePenalty(
        occurred_on=next(days), penalty=PenaltyKind.COMMUNITY_WORK, hours_ordered=100
    )
    yield custody.RecordPenaltyHours(occurred_on=next(days), hours_done=20)
    yield custody.RecordBreach(occurred_on=next(days), reason="b")
    yield custody.ReturnToDetention(occurred_on=next(days), tracks=_choice(random))
    yield custody.PrepareConditionalRelease(occurred_on=next(days))
    yield custody.AnswerConditionalRelease(occurred_on=next(days), granted=True)
    out = next(days)
    yield custody.RecordRelease(
        occurred_on=out,
        release=ReleaseKind.CONDITIONAL,
        conditions_until=out + timedelta(days=90),
    )
    yield custody.RecordBreach(occurred_on=next(days), reason="b")
    yield custody.ReturnToDetention(occurred_on=next(days), tracks=_choice(random))
    yield custody.EndEpisode(
        occurred_on=next(days), episode=EpisodeKind.SENTENCE, end=EpisodeEnd.ESCAPE
    )
    yield custody.ReturnToDetention(occurred_on=next(days))
    yield custody.RecordRelease(occurred_on=next(days), release=ReleaseKind.PARDON)


def _choice(random: Random) -> tuple[custody.TrackChoice, ...]:
    choice = random.choice([TrackInside.SUSPENDED, TrackInside.FAMILY_CONTINUES, None])
    family = "Her sister." if choice is TrackInside.FAMILY_CONTINUES else None
    return () if choice is None else (custody.TrackChoice(choice=choice, family_member=family),)


def registered_again(random: Random, house: House) -> Iterator[Step]:
    """The same person, a second time, at times with a case of its own; what is told then."""
    register = register_beneficiary(card="XY 998877")
    house.paper.take(stream_id(StreamKind.BENEFICIARY, OTHER), register, house.caseworker)
    way = replace(house.way, beneficiary_id=OTHER)
    for step in way.to_release()[: random.choice([0, 1, 4])]:
        with suppress(Refused):
            house.paper.take(stream_id(StreamKind.CASE, OTHER_CASE), step, house.by(step))
    merge = merging(random, house, house.way.day(random.randint(10, 400)))
    yield merge
    yield b.ConfirmBeneficiaryRequest(occurred_on=merge.occurred_on)
