"""What the facts of a case are counted by: as of each fact, by what is known of the person now.

While the person's key lives it follows from the birth date, the route and the release. It is
recorded in bands before the key is destroyed, and counted by that from then on.
"""

from collections.abc import Mapping
from datetime import date

from domain.beneficiary.vocabulary import Sex
from domain.case.events import CountedBy, StatisticsKept
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.case.vocabulary import EducationLevel
from domain.values.bands import age_band, since_release


def counted_by(case: CaseState, sex: Sex | None, born: date | None, on: date) -> CountedBy:
    """What a fact of that day is counted by. A release that came later is none yet."""
    released = case.custody.released_by(on)
    return CountedBy(
        sex=sex,
        age=age_band(born, on) if born else None,
        province=case.province_on(on),
        route=case.route,
        since_release=since_release(released, on) if released else None,
    )


def exempt_reviews(case: CaseState) -> Mapping[str, bool]:
    """The names of reviews not to be held at all, and whether the house is the reason.

    Of the erased, visits.
    """
    kept = case.kept.exempt_visits if case.kept else ()
    by_house = case.kept.exempt_by_house if case.kept else ()
    living = {key: each.by_house for key, each in case.exemptions.items() if each.until is None}
    return {key: key in by_house for key in kept} | living


def levels_studied(case: CaseState) -> tuple[EducationLevel, ...]:
    """At which levels the person studied in detention; of the erased, by what was kept."""
    return case.kept.studied if case.kept else case.studied


def statistics_of(case: CaseState, sex: Sex | None, born: date | None) -> StatisticsKept:
    """What is kept of a case before its person is erased."""
    found = exempt_reviews(case)
    visits = sorted(key for key in found if key.startswith(f"{ReviewKind.VISIT}/"))
    return StatisticsKept(
        deliveries=deliveries_counted_by(case, sex, born),
        studied=levels_studied(case),
        exempt_visits=tuple(visits),
        exempt_by_house=tuple(key for key in visits if found[key]),
    )


def deliveries_counted_by(
    case: CaseState, sex: Sex | None, born: date | None
) -> tuple[CountedBy, ...]:
    """Of each delivery of the case, track by track: what was kept of it, or what is known now."""
    if case.kept is not None:
        return case.kept.deliveries
    days = (on for track in case.tracks.values() for on in track.handed_over_on)
    return tuple(counted_by(case, sex, born, on) for on in days)
