"""An entry into detention, first or again: each open track once, and what each choice leads to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.case.custody.vocabulary import TrackInside
from service.console.hand_made.asking import Asking
from service.console.hand_made.following import Follows, options
from service.console.showing.links import StepLink, form_at
from service.console.showing.track_cards import stands
from service.queries.cases import CaseAnswer, EpisodeAnswer
from service.words.store import words

AGAIN = "return-to-detention"


@dataclass(frozen=True, slots=True)
class OpenTrack:
    """One that is asked about: where it stands, and why it cannot be ended, where it cannot."""

    label: str
    stage: str
    money: bool
    """Whether money is to come: then it is not ended here."""
    family: bool = True
    """Whether the family can go on with it."""
    step: StepLink | None = None
    """By which that is seen to, where it is the reader's."""


@dataclass(frozen=True, slots=True)
class Before:
    """What binds or bound the person before this entry."""

    kind: str
    place: str
    started_on: date | None
    end: str
    ended_on: date | None
    expected_end: date | None


async def facts(asking: Asking) -> Mapping[str, Any]:
    case = asking.case
    if case is None:
        return {}
    return {
        "tracks": dict(_tracks(asking, case)),
        "before": _before(asking, case) if asking.step == AGAIN else None,
        "follows": [*_follows(asking)],
    }


def _tracks(asking: Asking, case: CaseAnswer) -> Iterator[tuple[str, OpenTrack]]:
    offered, said = options(asking, "tracks"), words(asking.visit.language)
    opened = {each.step for each in case.open_steps if each.yours}
    for each in case.tracks:
        code = str(each.track_id)
        if code not in offered:
            continue
        money = each.money_to_come
        ends = "end-approval" in opened and money
        address = form_at("end-approval", "cases", case.case_id, track_id=each.track_id)
        link = StepLink("end-approval", said.step["end-approval"], address) if ends else None
        yield (
            code,
            OpenTrack(
                offered[code],
                stands(each, asking.visit.language),
                money,
                each.family_may_continue,
                link,
            ),
        )


def _before(asking: Asking, case: CaseAnswer) -> Before | None:
    """The last that began: what the person was let out of, or is bound by."""
    episodes = case.custody.episodes if case.custody else ()
    found = max(episodes, key=lambda each: each.number, default=None)
    return None if found is None else _told(asking, found)


def _told(asking: Asking, episode: EpisodeAnswer) -> Before:
    said = words(asking.visit.language)
    return Before(
        kind=said.of(episode.kind),
        place=episode.place_name or "",
        started_on=episode.started_on,
        end=said.of(episode.end) if episode.end else "",
        ended_on=episode.ended_on,
        expected_end=episode.expected_end,
    )


def _follows(asking: Asking) -> Iterator[Follows]:
    """What was chosen for each track."""
    for code, label in options(asking, "tracks").items():
        chosen = asking.typed.get(f"tracks.{code}.choice", "")
        if chosen in set(TrackInside):
            yield Follows(f"track_{chosen}", label)
