"""Finding people, paging through them, and forgetting them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection

from domain.beneficiary.steps import CorrectIdentity
from domain.beneficiary.vocabulary import Sex
from domain.case.steps import ConfirmCaseRequest, ExemptReview
from domain.case.vocabulary import EducationLevel
from domain.errors import Unexpected
from domain.message import StreamKind
from domain.rules import ExemptionReason
from projections.projector import Projector
from projections.store import Views
from projections.views import caseload, reports, studies, timeline
from projections.views.caseload import Filters
from projections.views.reports import Dimension
from tests.integration.projections.conftest import Place
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import Person, Programme

TODAY = date(2024, 9, 1)


def find(views: Views, text: str) -> set[UUID]:
    with views.reading() as conn:
        return {case.case_id for case in caseload.find(conn, Filters(text=text), TODAY).rows}


def test_search_forgives_how_a_name_is_spelled(
    programme: Programme, projector: Projector, views: Views
) -> None:
    ahmed = Person(programme, name_ar="أحمد العمراني", name_latin="Ahmed El-Amrani")
    fatima = Person(programme, name_ar="فاطمة الزهراء", name_latin="Fatima-Zohra M’hamed")
    programme.record(*ahmed.intake()[:2], *fatima.intake()[:2])
    catch_up(projector)
    for text in ("احمد", "عمراني أحمد", "elamrani", "AHM", "ahmed amr"):
        assert find(views, text) == {ahmed.case_id}, text
    for text in ("فاطمه", "الزهرا", "mhamed", "fatimazohra"):
        assert find(views, text) == {fatima.case_id}, text
    assert find(views, "xyz") == set()


def test_a_corrected_name_is_found_by_its_new_spelling_only(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    programme.record(*person.commands())
    catch_up(projector)
    correct = CorrectIdentity(
        occurred_on=date(2024, 8, 1),
        name_latin="Samira Elmithal",
        sex=Sex.MALE,
        explanation="As on the card.",
    )
    worker = programme.caseworker("taza")
    programme.record(
        programme.order(StreamKind.BENEFICIARY, person.beneficiary_id, correct, worker)
    )
    catch_up(projector)
    assert find(views, "samira") == {person.case_id}
    assert find(views, "salma") == set()
    with views.reading() as conn:
        assert [line.key for line in reports.by(conn, Dimension.SEX)] == ["male"]


def test_an_erased_person_is_found_no_more_and_still_counts(
    programme: Programme, projector: Projector, views: Views, place: Place
) -> None:
    person, other = Person(programme), Person(programme, name_ar=None, name_latin="Omar")
    programme.record(*person.commands(), *other.commands())
    exempt = ExemptReview(
        occurred_on=date(2024, 8, 20),
        review=person.way.visit_key(3),
        because=ExemptionReason.HEALTH,
    )
    agreed = ConfirmCaseRequest(occurred_on=exempt.occurred_on)
    programme.record(person.step(exempt), person.step(agreed))
    catch_up(projector)
    with views.reading() as conn:
        before, visits = every_report(conn), reports.visits(conn, TODAY)
        assert studies.by_level(conn) == [studied(people=2, erased=0)]
    assert visits.exempt == 1
    with pytest.raises(Unexpected):
        programme.ledger.destroy_key(person.beneficiary_id)
    assert {line.key for line in before[Dimension.AGE]} == {"25_to_34"}
    assert {line.key for line in before[Dimension.ROUTE]} == {"detention"}
    assert {line.key for line in before[Dimension.SINCE_RELEASE]} == {"6_to_11_months"}
    person.erase()
    catch_up(projector)
    assert find(views, "salma") == set()
    with views.reading() as conn:
        erased = caseload.get(conn, person.case_id)
        after = every_report(conn)
        assert reports.visits(conn, TODAY).exempt == 1
        assert reports.visits(conn, TODAY).done == visits.done
        assert studies.by_level(conn) == [studied(people=2, erased=1)]
        assert studies.by_level(conn, "midelt") == []
        entries = timeline.of_case(conn, person.case_id)
    assert erased is not None
    assert (erased.name_ar, erased.name_latin) == (None, None)
    assert not any(entry.has_reason for entry in entries)
    inside = [entry for entry in entries if entry.type == "CircumstancesRecorded"]
    assert {entry.occurred_on.day for entry in inside} == {1}
    assert [entry.details for entry in inside] == [{}] * len(inside) != []
    assert not {entry.type for entry in entries} & {"ReleaseRecorded", "DetentionBegun"}
    assert find(views, "omar") == {other.case_id}
    assert after == {name: [with_erased(each) for each in rows] for name, rows in before.items()}
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
    with views.reading() as conn:
        assert every_report(conn) == after
        assert studies.by_level(conn) == [studied(people=2, erased=1)]


def studied(**counted: int) -> studies.Studied:
    return studies.Studied(level=EducationLevel.VOCATIONAL, **counted)


def every_report(conn: Connection) -> dict[str, list[reports.Delivered]]:
    """By every dimension, and in all."""
    by = {str(each): reports.by(conn, each) for each in Dimension}
    return by | {"total": [reports.total(conn)]}


def with_erased(row: reports.Delivered) -> reports.Delivered:
    """As of two people who received side by side, one was erased since."""
    return row.model_copy(update={"erased": 1}) if row.people == 2 else row


def test_no_file_of_views_holds_a_name_or_custody_of_the_erased(
    programme: Programme, projector: Projector, place: Place
) -> None:
    if not place.views_url.startswith("sqlite"):
        return
    folder = Path(place.views_url.removeprefix("sqlite://")).parent
    person = Person(programme, name_latin="Xanthippe")
    programme.record(*person.commands())
    catch_up(projector)
    projector.rebuild()
    released = str(person.way.released_on).encode()
    told = (b"Xanthippe", b"ReleaseRecorded", b"EducationRecorded", b"pre_release", released)
    assert held(folder, told) == set(told)
    person.erase()
    catch_up(projector)
    assert held(folder, told) == set()


def held(folder: Path, told: Iterable[bytes]) -> set[bytes]:
    """Which of these words the files of the views have."""
    content = b"".join(file.read_bytes() for file in folder.glob("views*"))
    return {each for each in told if each in content}


@pytest.mark.parametrize("limit", [1, 3])
def test_an_erasure_leaves_what_a_rebuild_would_however_its_events_are_batched(
    limit: int, programme: Programme, projector: Projector, views: Views
) -> None:
    person, other = Person(programme), Person(programme)
    programme.record(*person.commands(), *other.commands())
    catch_up(projector)
    person.erase()
    programme.record(*other.late())
    catch_up(projector, limit)
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
