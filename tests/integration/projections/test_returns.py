"""Who came back to prison within years of a release; fewer than five are not told."""

from datetime import timedelta

from domain.case.custody.steps import BeginDetention, TrackChoice
from domain.case.custody.vocabulary import DetentionKind, TrackInside
from domain.values.calendar import months_after
from projections.projector import Projector
from projections.store import Views
from projections.views.returns import Returned, within_years
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import Person, Programme

AFTER = (30, 60, 90, 120, 150, None)
"""Days after the release on which each came back."""


def test_returns_are_counted_by_releases_whose_years_are_over(
    programme: Programme, projector: Projector, views: Views
) -> None:
    people = [Person(programme) for _ in AFTER]
    for person, days in zip(people, AFTER, strict=True):
        programme.record(*person.intake())
        steps = person.way.to_release()
        programme.record(*map(person.step, steps[len(person.intake()) - 1 :]))
        if days is None:
            continue
        on = person.way.released_on + timedelta(days=days)
        rests = TrackChoice(choice=TrackInside.SUSPENDED)
        again = BeginDetention(occurred_on=on, kind=DetentionKind.REMAND, tracks=(rests,))
        programme.record(person.step(again))
    catch_up(projector)
    out = people[0].way.released_on
    a_year, two_years = months_after(out, 12), months_after(out, 24)
    day = timedelta(days=1)
    with views.reading() as conn:
        assert told(within_years(conn, a_year - day)) == [(1, None, None), (2, None, None), NOT_YET]
        assert told(within_years(conn, a_year)) == [(1, 6, 5), (2, None, None), NOT_YET]
        assert told(within_years(conn, two_years))[:2] == [(1, 6, 5), (2, 6, 5)]
        assert told(within_years(conn, two_years, "midelt"))[0] == (1, None, None)
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live


NOT_YET = (4, None, None)


def told(found: list[Returned]) -> list[tuple[int, int | None, int | None]]:
    return [(each.years, each.releases, each.returned) for each in found]
