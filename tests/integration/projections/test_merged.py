"""Two registrations of one person, merged: what is found then, live as by a rebuild."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from domain.beneficiary.steps import ConfirmBeneficiaryRequest, MergePerson, UndoMerge
from domain.case.steps import OpenCase
from domain.example.beside import register_beneficiary
from domain.example.employment import job
from domain.example.schooling import at_school
from domain.message import Step, StreamKind
from domain.values.findings import FindingCode
from projections.projector import Projector
from projections.store import Views
from projections.views.findings import Filters
from projections.views.table import VIEWS
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import Person, Programme
from tests.integration.projections.test_findings import found, served
from tests.integration.projections.test_schools import CHILD

DAY = date(2024, 8, 29)


def by_two(programme: Programme, person: UUID, step: Step) -> None:
    """Asked for by a caseworker, and confirmed by the division."""
    confirm = ConfirmBeneficiaryRequest(occurred_on=DAY)
    asks, confirms = programme.caseworker("taza"), programme.staff["all-division"]
    programme.record(
        programme.order(StreamKind.BENEFICIARY, person, step, asks),
        programme.order(StreamKind.BENEFICIARY, person, confirm, confirms),
    )


def merge(programme: Programme, one: Person, alias: Person) -> None:
    step = MergePerson(
        occurred_on=DAY, goes_by=one.beneficiary_id, goes_on=one.case_id, explanation="One card."
    )
    by_two(programme, alias.beneficiary_id, step)


def test_two_fundings_of_one_person_are_found_once_they_are_merged(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, alias = Person(programme), Person(programme)
    programme.record(*served(one, "SN-1", "100"), *served(alias, "SN-2", "200"))
    catch_up(projector)
    twice = Filters(code=FindingCode.FUNDED_TWICE)
    assert found(views, twice) == []
    places = list(contents(views)["agreements"])
    merge(programme, one, alias)
    catch_up(projector)
    (finding,) = found(views, twice)
    assert finding.open
    assert {each.case_id for each in finding.rests_on} == {one.case_id, alias.case_id}
    assert list(contents(views)["agreements"]) == places
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
    by_two(programme, alias.beneficiary_id, UndoMerge(occurred_on=DAY, explanation="A cousin."))
    catch_up(projector)
    assert found(views, twice) == []
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live


def test_what_an_erasure_takes_it_takes_of_all_registrations(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, alias = Person(programme), Person(programme)
    programme.record(*one.intake(), alias.intake()[0])
    step = MergePerson(occurred_on=DAY, goes_by=one.beneficiary_id, explanation="One card.")
    by_two(programme, alias.beneficiary_id, step)
    catch_up(projector)
    assert "Salma" in str(contents(views)["caseload"])
    one.agree_to_erasure()
    catch_up(projector)
    assert str(alias.beneficiary_id) not in str(contents(views)["names"])
    for person in (one, alias):
        programme.ledger.destroy_key(person.beneficiary_id)
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
    assert "Salma" not in str(live)


NOT_COUNTED = {"caseload", "people", "projects", "referrals", "announcements"}
"""Views that show each case and registration by itself."""


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_whoever_was_registered_twice_is_one_person_in_whatever_counts_people(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, alias, *children = (Person(programme) for _ in range(4))
    for person in (one, alias):
        programme.record(*person.commands())
        programme.record(*(person.step(each) for each in job(person.way)))
    for child in children:
        card = f"ZZ{child.beneficiary_id.int % 10**12:012}"
        born = register_beneficiary(child.way, card=card).model_copy(update=CHILD)
        worker = programme.caseworker("taza")
        programme.record(
            programme.order(StreamKind.BENEFICIARY, child.beneficiary_id, born, worker),
            *(child.step(each) for each in (child.way.step(OpenCase), *at_school(child.way))),
        )
    merge(programme, one, alias)
    merge(programme, *children)
    catch_up(projector)
    counted = [
        view
        for view in VIEWS
        if {"case_id", "beneficiary_id"} <= set(view.names) and view.name not in NOT_COUNTED
    ]
    whose = {one.case_id: one, alias.case_id: one} | {
        each.case_id: children[0] for each in children
    }
    with views.reading() as conn:
        for view in counted:
            rows = conn.execute(select(view.c.case_id, view.c.beneficiary_id)).all()
            assert {alias.case_id, children[1].case_id}.intersection(row[0] for row in rows), view
            for case_id, person in rows:
                assert person == whose[case_id].beneficiary_id, view.name
