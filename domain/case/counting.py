"""What the facts of a case are counted by: as of each fact, by what is known of the person now.

While the person's key lives it follows from the birth date, the route and the release. It is
recorded in bands before the key is destroyed, and counted by that from then on.
"""

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
        province=case.province,
        route=case.route,
        since_release=since_release(released, on) if released else None,
    )


def exempt_reviews(case: CaseState) -> frozenset[str]:
    """The names of reviews that were not held because of an exemption; of the erased, visits."""
    kept = case.kept.exempt_visits if case.kept else ()
    return frozenset(kept) | case.exemptions.keys()


def levels_studied(case: CaseState) -> tuple[EducationLevel, ...]:
    """At which levels the person studied in detention; of the erased, by what was kept."""
    return case.kept.studied if case.kept else case.studied


def statistics_of(case: CaseState, sex: Sex | None, born: date | None) -> StatisticsKept:
    """What is kept of a case before its person is erased."""
    visits = (key for key in exempt_reviews(case) if key.startswith(f"{ReviewKind.VISIT}/"))
    return StatisticsKept(
        deliveries=deliveries_counted_by(case, sex, born),
        studied=levels_studied(case),
        exempt_visits=tuple(sorted(visits)),
    )


def deliveries_counted_by(
    case: CaseState, sex: Sex | None, born: date | None
) -> tuple[CountedBy, ...]:
    """Of each delivery of the case, track by track: what was kept of it, or what is known now."""
    if case.kept is not None:
        return case.kept.deliveries
    days = (on for track in case.tracks.values() for on in track.handed_over_on)
    return tuple(counted_by(case, sex, born, on) for on in days)
