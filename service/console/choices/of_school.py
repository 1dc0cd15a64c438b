"""The school years that a form offers: those about today to be enrolled for, else those enrolled for."""

from service.console.choices.asking import Choosing
from service.console.forms.questions import Options
from service.queries.tracks.schooling import SchoolingAnswer

OFFERED = 8
"""So many years back one may be enrolled late."""


async def school_years(asked: Choosing) -> Options:
    """The newest first."""
    names = _about_today(asked) if asked.step == "enrol-at-school" else _running(asked)
    return {name: name for name in dict.fromkeys((*names, *filter(None, (asked.given,))))}


def _about_today(asked: Choosing) -> list[str]:
    newest = asked.visit.today.year
    return [f"{year}/{year + 1}" for year in range(newest, newest - OFFERED, -1)]


def _running(asked: Choosing) -> list[str]:
    """Of the track that is chosen, else of every one."""
    tracks = [each for each in asked.tracks if isinstance(each, SchoolingAnswer)]
    chosen = [each for each in tracks if str(each.track_id) == asked.typed.get("track_id")]
    names = {year.school_year for each in chosen or tracks for year in each.years if year.runs}
    return sorted(names, reverse=True)
