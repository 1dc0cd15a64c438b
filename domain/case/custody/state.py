"""What custody has come to: the episodes by their day, and the stays that they make.

A *stay* is one time of being not free, from an entry to a release: remand and the sentence after
it are one, and an escape ends none. An episode's number, by its day, stands in the names of what
hangs on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.case.custody.vocabulary import INSIDE, EpisodeEnd, EpisodeKind, PenaltyKind, TrackInside
from domain.case.moment import Moment, day_of
from domain.folds.replacing import replace


@dataclass(frozen=True)
class Episode:
    """One time of being held, or bound."""

    number: int
    """1 for the first by its day."""
    kind: EpisodeKind
    started: Moment | None
    """None where only its end was told."""
    place: str | None = None
    """The prison or institution, by its code."""
    expected_end: date | None = None
    expected_known: Moment | None = None
    expected_before: tuple[Moment, ...] = ()
    """The ends that were expected before it was told of another, each since when."""
    ended: Moment | None = None
    end: EpisodeEnd | None = None
    pardoned: bool = False
    """Whether what remained of it was pardoned."""
    returned: bool = False
    """Whether it is the rest of what was interrupted: an escape, or what was revoked."""
    remands: tuple[Moment, ...] = ()
    """Of a sentence: the remands during it that run."""
    conditional_from: Moment | None = None
    """The earliest day of a conditional release, and when that was told."""
    prepared: Moment | None = None
    """When a conditional release was asked for, and not refused since."""
    penalty: PenaltyKind | None = None
    hours_ordered: int | None = None
    hours_done: int = 0
    breached: Moment | None = None

    @property
    def running(self) -> bool:
        return self.ended is None

    def expecting(self, end: date | None, known: Moment | None) -> "Episode":
        """With another expected end; what was expected before is kept."""
        before = self.expected_before
        if self.expected_end is not None and self.expected_known is not None:
            before = (*before, Moment(self.expected_end, self.expected_known.known))
        return replace(self, expected_end=end, expected_known=known, expected_before=before)


@dataclass(frozen=True)
class Stay:
    """From an entry into detention to the release."""

    number: int
    """1 for the first by its day."""
    entered: Moment | None
    """None where only the release was told."""
    left: Moment | None = None
    pardoned: bool = False
    """Whether they left by pardon, or from a pardon list."""
    numbers: tuple[str, ...] = ()
    """The detention number told of it; several only where they were told before it was one stay."""
    choices: Mapping[UUID, TrackInside] = field(default_factory=dict)
    """What was chosen at the entry for each open track."""

    def saw(self, day: date) -> bool:
        """Whether a day is in it, the release's among them."""
        return self.holds(day) or day == day_of(self.left)

    def spans(self, episode: Episode) -> bool:
        """Whether an episode began in it."""
        return episode.started is None or self.saw(episode.started.on)

    def holds(self, day: date) -> bool:
        """Whether it had begun, and the release was still to come, at the end of a day."""
        begun = self.entered is None or self.entered.on <= day
        return begun and (self.left is None or day < self.left.on)


@dataclass(frozen=True)
class Custody:
    """Where the person stands towards prison, and stood."""

    episodes: tuple[Episode, ...] = ()
    stays: tuple[Stay, ...] = ()
    moves: tuple[Moment, ...] = ()
    """Transfers to another prison, and returns to detention."""

    @property
    def last(self) -> Episode | None:
        """The last episode by its day: it says whether the person is free."""
        return self.episodes[-1] if self.episodes else None

    @property
    def holds(self) -> bool:
        """Whether the last episode keeps the person from being free."""
        last = self.last
        if last is None or last.kind not in INSIDE:
            return False
        return last.running or last.end is EpisodeEnd.ESCAPE

    @property
    def placed(self) -> bool:
        """Whether the person is in child protection."""
        last = self.last
        return last is not None and last.kind is EpisodeKind.CHILD_PROTECTION and last.running

    @property
    def stay(self) -> Stay | None:
        """The last time of being not free, that may be over."""
        return self.stays[-1] if self.stays else None

    @property
    def in_detention(self) -> bool:
        return self.stay is not None and self.stay.left is None

    @property
    def detention(self) -> Episode | None:
        """The remand or sentence that runs."""
        last = self.last
        return last if last is not None and last.kind in INSIDE and last.running else None

    @property
    def on_remand(self) -> bool:
        return self.detention is not None and self.detention.kind is EpisodeKind.REMAND

    @property
    def entered(self) -> Moment | None:
        """When they last came in, and when that was first recorded."""
        return self.stay.entered if self.stay else None

    @property
    def detained_since(self) -> date | None:
        return day_of(self.entered)

    @property
    def entered_first(self) -> date | None:
        """The first entry that is told of."""
        return day_of(self.stays[0].entered) if self.stays else None

    @property
    def expected_release(self) -> date | None:
        return self.detention.expected_end if self.detention else None

    @property
    def expected_known(self) -> Moment | None:
        return self.detention.expected_known if self.detention else None

    @property
    def released(self) -> Moment | None:
        """The last passage from not free to free; None while they are inside again."""
        return self.stay.left if self.stay else None

    @property
    def pardoned(self) -> bool:
        """Whether that release was by pardon, or from a pardon list."""
        return self.stay is not None and self.stay.pardoned

    @property
    def number(self) -> int:
        """Of the last stay; 1 where none is told of yet."""
        return self.stay.number if self.stay else 1

    def expected_in(self, stay: Stay) -> Moment | None:
        """The release that is or was expected last of a stay, and since when that is known."""
        held = [each for each in self.episodes if each.kind in INSIDE and stay.spans(each)]
        last = held[-1] if held else None
        if last is None or last.expected_end is None or last.expected_known is None:
            return None
        return Moment(last.expected_end, last.expected_known.known)

    def expected_before(self, stay: Stay) -> tuple[Moment, ...]:
        """The releases that were expected of that episode before."""
        held = [each for each in self.episodes if each.kind in INSIDE and stay.spans(each)]
        return held[-1].expected_before if held else ()

    def choice(self, track_id: UUID) -> TrackInside | None:
        """What becomes of a track while the person is inside; None where they are free."""
        stay = self.stay
        return stay.choices.get(track_id) if stay is not None and stay.left is None else None

    @property
    def numbers(self) -> frozenset[str]:
        """All detention numbers, of every stay."""
        return frozenset(number for stay in self.stays for number in stay.numbers)

    def released_by(self, day: date) -> date | None:
        """The day of the last release up to a day."""
        left = [stay.left.on for stay in self.stays if stay.left and stay.left.on <= day]
        return max(left, default=None)

    def stay_on(self, day: date) -> Stay | None:
        """The stay that holds the person at the end of a day."""
        return next((stay for stay in self.stays if stay.holds(day)), None)

    def running(self, kind: EpisodeKind) -> Episode | None:
        """The last of a kind that runs."""
        found = (each for each in reversed(self.episodes) if each.kind is kind and each.running)
        return next(found, None)

    def with_episode(self, episode: Episode) -> "Custody":
        """With another state of this episode."""
        episodes = (episode if each.number == episode.number else each for each in self.episodes)
        return replace(self, episodes=tuple(episodes))

    def with_stay(self, stay: Stay) -> "Custody":
        """With another state of the last stay."""
        return replace(self, stays=(*self.stays[:-1], stay))


NEVER_HELD = Custody()
