"""A run: so many people, so many years, all of it its seed's."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

from domain.case.steps import PauseCase, ResumeCase
from domain.values.calendar import DAY, Calendar, local_instant
from service.running.holidays import open_calendar
from tests.closer.moves import on_case
from tests.closer.site import Site, Try
from tests.years.centre import Centre, Makes, schedule_of
from tests.years.people import Anything, comes, happens, of_project_then, resumed, sign

TOGETHER = 8
"""Who is drawn for together."""
EVERY = 170
"""Days between two things that happen to somebody, in the mean."""
LATE, LATE_DAYS = 0.15, 60
"""How often something is entered late, and by how many days at most."""
ANEW = 450
"""Days between two starts of all processes, in the mean."""
YEAR = 365 * DAY


@dataclass(frozen=True, slots=True)
class Run:
    """What it is made of."""

    seed: int
    people: int
    years: int

    def __str__(self) -> str:
        return (
            f"JISR_YEARS_SEED={self.seed} JISR_YEARS_PEOPLE={self.people} JISR_YEARS={self.years}"
        )


@dataclass(frozen=True, slots=True)
class Lived:
    """What a run came to."""

    seen: Counter[str]
    """What became of reminders, and of which reviews they were."""
    wrong: Counter[str]
    """What went wrong about the timers, how often."""
    steps: Counter[str]
    """What people recorded, by the steps' names."""
    restarts: int
    digest: str
    """Of all reminders, in their order."""


def live(run: Run, folder: Path, makes: Makes = schedule_of) -> Lived:
    """Raises an `AssertionError` that says how to see it again."""
    centre = Centre(folder, Random(run.seed), open_calendar(), makes)
    try:
        return Years(run, centre).pass_by()
    except AssertionError as error:
        raise AssertionError(f"{run}: {error}") from error
    finally:
        centre.close()


class Years:
    """Of one centre: what is still to come there, in its order."""

    def __init__(self, run: Run, centre: Centre) -> None:
        self._centre, self._random = centre, centre.random
        staff, groups = centre.staffed(), -(-run.people // TOGETHER)
        self._sites = [
            Site(centre, self._random, staff, [], outside=Anything(), oracle=None)
            for _ in range(groups)
        ]
        self._last = centre.today + YEAR * run.years
        self._ahead: list[tuple[date, int, Site, UUID | None, Try | None]] = []
        self._turn = count()
        self._left: set[UUID] = set()
        """Cases of those who are off their way."""
        sign(self._sites[0], range(centre.today.year, self._last.year + 3))
        for number in range(run.people):
            came = centre.today + YEAR * run.years * 7 // 10 * number // run.people
            self._plan(came, self._sites[number * groups // run.people])

    def pass_by(self) -> Lived:
        centre, number = self._centre, 0
        anew = centre.today + self._gap(ANEW)
        while self._ahead:
            on, _, site, case, step = heappop(self._ahead)
            while anew <= on:
                self._wait(anew)
                centre.start_anew(self._announced())
                anew += self._gap(ANEW)
            self._wait(on)
            if case is None:
                number += 1
                self._comes(site, number)
            elif step is not None:
                self._goes_on(site, case, step)
            else:
                self._happens(site, case)
        self._wait(self._last)
        centre.judge.require_all_settled(centre.now)
        return Lived(
            seen=centre.judge.seen,
            wrong=Counter(centre.timers.wrong),
            steps=Counter(type(each.step).__name__ for site in self._sites for each in site.taken),
            restarts=centre.restarts,
            digest=centre.judge.digest,
        )

    def _plan(
        self, on: date, site: Site, case: UUID | None = None, step: Try | None = None
    ) -> None:
        """Somebody comes, or takes a step of their way; or something happens to them."""
        if on <= self._last:
            heappush(self._ahead, (on, next(self._turn), site, case, step))

    def _comes(self, site: Site, number: int) -> None:
        for day, step in comes(site, number):
            self._plan(max(day, site.today), site, site.cases[-1], step)
        self._plan(site.today + self._gap(EVERY), site, site.cases[-1])

    def _goes_on(self, site: Site, case: UUID, step: Try) -> None:
        on_their_way = not isinstance(step.step, ResumeCase)
        if on_their_way and case in self._left:
            return
        if site.take(of_project_then(site, case, step)) is None and on_their_way:
            self._left.add(case)

    def _happens(self, site: Site, case: UUID) -> None:
        late = self._random.random() < LATE
        site.late = self._random.randint(1, LATE_DAYS) if late else 0
        if (chance := happens(site, case)) is not None:
            taken = site.take(chance)
            if taken is not None and isinstance(chance.step, PauseCase):
                early = site.today + timedelta(days=self._random.randint(1, 60))
                self._plan(early, site, case, on_case(case, resumed()))
        site.late = 0
        self._plan(site.today + self._gap(EVERY), site, case)

    def _gap(self, days: int) -> timedelta:
        return timedelta(days=1 + int(self._random.expovariate(1 / days)))

    def _wait(self, day: date) -> None:
        """Until some moment of the day on which somebody is at work."""
        minutes = self._random.randint(0, 8 * 60)
        self._centre.wait_until(local_instant(day, 9) + timedelta(minutes=minutes))

    def _announced(self) -> Calendar:
        """A feast of the coming year is a day later than the table had it."""
        calendar, today = self._centre.calendar, self._centre.today
        coming = sorted(day for day in calendar.holidays if today < day <= today + YEAR)
        if not coming:
            return calendar
        moved = self._random.choice(coming)
        days = (calendar.holidays - {moved}) | {moved + DAY}
        return Calendar(f"{calendar.version}+", frozenset(days))
