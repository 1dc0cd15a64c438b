"""Entries of a case corrected and retracted: what then stands, and what may not be."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

import pytest

from domain.beneficiary.steps import RestrictPerson
from domain.case import events as e
from domain.case import steps as s
from domain.case.custody.events import ReleaseRecorded
from domain.case.custody.steps import RecordRelease
from domain.case.custody.vocabulary import ReleaseKind
from domain.case.reviews import dues
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    NeedArea,
    NeedStatus,
    Outcome,
    Stage,
)
from domain.errors import NotAllowed, Refused
from domain.events.veil import outward
from domain.example.beside import register_centre
from domain.folds.order import in_order
from domain.message import Actor, Event, Recorded, Role, Step, StreamKind, stream_id
from domain.project.events import ProjectEntriesMended
from domain.project.items import ItemFound
from domain.project.state import ProjectState
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.rules import NEWEST
from domain.tracks.self_employment import events as te
from domain.tracks.self_employment import steps as t
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, hire

WEEK = timedelta(days=NEWEST.mended_by_recorder_days)
OF_THE_RECORD = {"version", "seen", "mended"}
"""What of a state tells how it was recorded, and not what it has come to."""


def past(house: House) -> list[Recorded]:
    return house.paper.of(stream_id(StreamKind.CASE, house.case_id))


def entry(house: House, kind: type[Event], nth: int = -1) -> int:
    """The version of the event of that kind, the last one's."""
    return [each.envelope.version for each in past(house) if isinstance(each.event, kind)][nth]


def retract(house: House, number: int, by: Actor | None = None, **more: Any) -> list[Event]:
    step = s.RetractEntry(
        occurred_on=house.paper.today, entry_number=number, explanation="Mistyped.", **more
    )
    return house.take(step, by or house.coordinator)


def correct(
    house: House, *entries: tuple[int, Step | None], by: Actor | None = None
) -> list[Event]:
    step = s.CorrectEntries(
        occurred_on=house.paper.today,
        explanation="Mistyped.",
        entries=tuple(s.Correction(entry_number=n, content=said(each)) for n, each in entries),
    )
    return house.take(step, by or house.coordinator)


def said(step: Step | None) -> dict[str, Any] | None:
    return None if step is None else step.model_dump(mode="json", exclude_unset=True)


def refused(house: House, code: str, call: Any, *args: Any, **more: Any) -> Refused:
    before = house.case
    with pytest.raises(Refused) as raised:
        call(house, *args, **more)
    assert raised.value.code == code
    assert house.case == before
    return raised.value


def contact(day: date) -> s.RecordContact:
    return s.RecordContact(
        occurred_on=day, channel=Channel.AT_CENTRE, outcome=ContactOutcome.REACHED, note="n"
    )


def comes_to(house: House) -> dict[str, Any]:
    """The case, without what tells how it was recorded."""
    case = house.case
    return {f.name: getattr(case, f.name) for f in fields(case) if f.name not in OF_THE_RECORD}


def project(house: House) -> ProjectState:
    state = house.paper.state(stream_id(StreamKind.PROJECT, house.project_id))
    assert isinstance(state, ProjectState)
    return state


@pytest.fixture
def followed(house: House) -> House:
    """To the first contact after the release."""
    house.walk(house.way.steps(), until=t.ProposeProject)
    return house


@pytest.fixture
def delivered(house: House) -> House:
    house.walk(house.way.steps())
    return house


def a_copy(house: House) -> House:
    return replace(house, paper=house.paper.copy())


class TestWhatStands:
    def test_a_retracted_contact_is_as_if_it_had_not_been(self, followed: House) -> None:
        before = comes_to(followed)
        followed.take(contact(followed.way.day(310)))
        retract(followed, entry(followed, e.ContactRecorded))
        assert comes_to(followed) == before

    def test_a_corrected_contact_stands_on_its_new_day(self, followed: House) -> None:
        correct(followed, (entry(followed, e.ContactRecorded), contact(followed.way.day(305))))
        last = followed.case.last_contact
        assert last is not None
        assert last.on == followed.way.day(305)

    def test_a_mistyped_release_is_corrected(self, followed: House) -> None:
        earlier = released(followed, 298)
        correct(followed, (entry(followed, ReleaseRecorded), earlier))
        assert followed.case.custody.released is not None
        assert followed.case.custody.released.on == followed.way.day(298)

    def test_a_retracted_release_leaves_the_person_inside(self, followed: House) -> None:
        retract(followed, entry(followed, ReleaseRecorded))
        assert followed.case.stage is Stage.DETENTION

    def test_what_is_due_follows(self, followed: House) -> None:
        def due() -> set[tuple[str, date]]:
            return {
                (each.key, each.due_on) for each in dues(followed.case, followed.paper.calendar)
            }

        before = due()
        followed.take(contact(followed.way.day(310)))
        assert due() != before
        retract(followed, entry(followed, e.ContactRecorded))
        assert due() == before

    @pytest.mark.parametrize(
        "told",
        [
            lambda house: contact(house.way.day(305)),
            lambda house: released(house, 299),
            lambda house: house.way.step(s.RecordSocialEnquiry).model_copy(
                update={"has_housing": False}
            ),
            lambda house: house.way.step(s.AssessNeeds).model_copy(
                update={"areas": {NeedArea.HEALTH: NeedStatus.IN_PROGRESS}}
            ),
            lambda house: house.way.step(s.RecordEducation).model_copy(
                update={"occurred_on": house.way.day(190)}
            ),
            lambda house: house.way.step(s.OpenTrack).model_copy(
                update={"occurred_on": house.way.day(225)}
            ),
        ],
    )
    def test_a_corrected_case_is_as_one_that_was_told_rightly(
        self, followed: House, told: Any
    ) -> None:
        right = told(followed)
        kind = type(right)
        other = rightly(right)
        number = next(
            each.envelope.version for each in past(followed) if each.envelope.step == named(kind)
        )
        correct(followed, (number, right))
        assert timeless(comes_to(followed)) == timeless(comes_to(other))

    def test_several_entries_are_judged_by_what_results(self, followed: House) -> None:
        """Neither could be moved alone: the contact after the release would be inside."""
        contacted, freed = entry(followed, e.ContactRecorded), entry(followed, ReleaseRecorded)
        correct(
            followed, (contacted, contact(followed.way.day(290))), (freed, released(followed, 280))
        )
        assert followed.case.first_contact is not None
        assert followed.case.first_contact.on == followed.way.day(290)
        assert len({each.envelope.command_id for each in past(followed)[-4:]}) == 1

    def test_one_correction_can_also_retract(self, followed: House) -> None:
        followed.take(contact(followed.way.day(310)))
        last, first = entry(followed, e.ContactRecorded), entry(followed, e.ContactRecorded, -2)
        correct(followed, (last, None), (first, contact(followed.way.day(306))))
        assert followed.case.last_contact is not None
        assert followed.case.last_contact.on == followed.way.day(306)

    def test_ties_of_a_day_stand_where_the_mended_one_did(self, followed: House) -> None:
        day = followed.way.day(230)
        for status in (NeedStatus.NOT_STARTED, NeedStatus.MET):
            followed.take(s.AssessNeeds(occurred_on=day, areas={NeedArea.HEALTH: status}))
        first = entry(followed, e.NeedsAssessed, -2)
        correct(
            followed,
            (first, s.AssessNeeds(occurred_on=day, areas={NeedArea.HEALTH: NeedStatus.NO_NEED})),
        )
        assert followed.case.needs[NeedArea.HEALTH] is NeedStatus.MET

    def test_a_visit_is_corrected_in_the_project_too(self, delivered: House) -> None:
        visit = delivered.way.step(t.RecordVisit)
        delivered.take(visit)
        assert visit.project is ProjectCondition.RUNNING
        sold = ItemFound(item=1, condition=EquipmentCondition.SOLD)
        right = visit.model_copy(update={"project": ProjectCondition.STOPPED, "items": (sold,)})
        correct(delivered, (entry(delivered, te.VisitRecorded), right))
        found = project(delivered)
        assert found.condition is ProjectCondition.STOPPED
        assert found.found[1].condition is EquipmentCondition.SOLD
        correct(delivered, (entry(delivered, te.VisitRecorded), visit))
        assert project(delivered).condition is ProjectCondition.RUNNING
        retract(delivered, entry(delivered, te.VisitRecorded))
        assert project(delivered).visited is None
        assert project(delivered).found == {}

    def test_a_proposal_in_the_wrong_case_is_taken_back_with_its_project(
        self, followed: House
    ) -> None:
        before = comes_to(followed)
        followed.take(followed.way.step(t.ProposeProject))
        name = stream_id(StreamKind.PROJECT, followed.project_id)
        retract(followed, entry(followed, te.ProjectProposed), wrong_person=True)
        assert comes_to(followed) == before
        state = followed.paper.state(name)
        assert isinstance(state, ProjectState)
        assert state.items == {}

    def test_a_proposal_on_which_something_is_built_stays(self, followed: House) -> None:
        followed.walk(followed.way.to_submission(), until=t.SubmitToSession)
        error = refused(followed, "rests_on_it", retract, entry(followed, te.ProjectProposed))
        assert "record-study" in str(error.params["entries"])
        for kind in (te.OpinionGiven, te.StudyRecorded, te.ProjectProposed):
            retract(followed, entry(followed, kind))
        (track,) = followed.case.tracks.values()
        assert track.stage(followed.case) is not Stage.EQUIPMENT_DELIVERY

    def test_a_closing_is_corrected_and_retracted(self, delivered: House) -> None:
        visit = delivered.way.step(t.RecordVisit)
        delivered.take(visit)
        closed = a_copy(delivered)
        close = s.CloseCase(
            occurred_on=visit.occurred_on, outcome=Outcome.PROJECT_RUNNING, explanation="Runs."
        )
        closed.take(close, closed.coordinator)
        number = entry(closed, e.CaseClosed)
        correct(closed, (number, close.model_copy(update={"explanation": "Moved away."})))
        assert closed.case.stage is Stage.CLOSED
        retract(closed, entry(closed, e.CaseClosed))
        assert closed.case.is_open
        assert closed.paper.beneficiary(closed.way.beneficiary_id).open_case == closed.case_id


def released(house: House, days: int) -> RecordRelease:
    return house.way.step(RecordRelease).model_copy(update={"occurred_on": house.way.day(days)})


def named(kind: type[Step]) -> str:
    from domain.commands import step_name  # noqa: PLC0415

    return step_name(kind)


def rightly(right: Step) -> House:
    """The same case, in which that was told from the beginning."""
    from tests.unit.domain.conftest import furnished  # noqa: PLC0415

    house = furnished()
    for step in house.way.steps():
        if isinstance(step, t.ProposeProject):
            break
        house.take(right if type(step) is type(right) else step)
    return house


def timeless(state: Any) -> str:
    """Without when it was known, and without the numbers of what recorded it."""
    import re  # noqa: PLC0415

    return re.sub(
        r"(known=datetime\.datetime\([^)]*\)|position=\d+|UUID\('[^']*'\))", "", repr(state)
    )


class TestTwice:
    def test_what_was_corrected_is_not_corrected_again_under_its_old_number(
        self, followed: House
    ) -> None:
        number = entry(followed, e.ContactRecorded)
        correct(followed, (number, contact(followed.way.day(305))))
        error = refused(
            followed, "entry_already_mended", correct, (number, contact(followed.way.day(306)))
        )
        assert error.params["by"] == entry(followed, e.EntriesMended)
        refused(followed, "entry_already_mended", retract, number)

    def test_a_correction_is_corrected(self, followed: House) -> None:
        for days in (305, 306, 307):
            correct(
                followed,
                (entry(followed, e.ContactRecorded), contact(followed.way.day(days))),
            )
        assert followed.case.last_contact is not None
        assert followed.case.last_contact.on == followed.way.day(307)
        roots = {each.envelope.mends for each in past(followed)} - {None}
        assert roots == {entry(followed, e.ContactRecorded, 0)}

    def test_what_is_told_instead_is_retracted_and_neither_stands(self, followed: House) -> None:
        before = comes_to(followed)
        followed.take(contact(followed.way.day(310)))
        correct(followed, (entry(followed, e.ContactRecorded), contact(followed.way.day(311))))
        retract(followed, entry(followed, e.ContactRecorded))
        assert comes_to(followed) == before

    def test_a_retraction_is_taken_back_and_the_entry_stands_again(self, followed: House) -> None:
        before = comes_to(followed)
        retract(followed, entry(followed, e.ContactRecorded))
        assert comes_to(followed) != before
        retract(followed, entry(followed, e.EntriesMended))
        assert comes_to(followed) == before
        retract(followed, entry(followed, e.EntriesMended))
        assert comes_to(followed) != before

    def test_a_correction_is_taken_back_and_what_it_mended_stands_again(
        self, followed: House
    ) -> None:
        before = comes_to(followed)
        correct(followed, (entry(followed, e.ContactRecorded), contact(followed.way.day(309))))
        mending = entry(followed, e.EntriesMended)
        retract(followed, mending)
        assert comes_to(followed) == before
        refused(followed, "entry_already_mended", retract, mending)

    def test_a_correction_that_was_corrected_since_is_not_taken_back(self, followed: House) -> None:
        for days in (305, 306):
            correct(
                followed,
                (entry(followed, e.ContactRecorded), contact(followed.way.day(days))),
            )
        refused(followed, "entry_already_mended", retract, entry(followed, e.EntriesMended, 0))

    def test_an_entry_is_named_once(self, followed: House) -> None:
        number = entry(followed, e.ContactRecorded)
        refused(followed, "entry_named_twice", correct, (number, None), (number, None))


class TestWhatRestsOnIt:
    def test_a_release_is_not_moved_behind_a_signed_undertaking(self, delivered: House) -> None:
        error = refused(
            delivered,
            "rests_on_it",
            correct,
            (entry(delivered, ReleaseRecorded), released(delivered, 400)),
        )
        assert "sign-undertaking" in str(error.params["entries"])

    def test_nor_taken_away(self, delivered: House) -> None:
        refused(delivered, "rests_on_it", retract, entry(delivered, ReleaseRecorded))

    def test_a_correction_that_its_own_rule_forbids_is_refused(self, followed: House) -> None:
        conditional = released(followed, 298).model_copy(
            update={"release": ReleaseKind.CONDITIONAL}
        )
        refused(
            followed,
            "conditions_end_missing_or_superfluous",
            correct,
            (entry(followed, ReleaseRecorded), conditional),
        )

    def test_taking_back_a_retraction_is_judged_as_well(self, followed: House) -> None:
        """A second release cannot stand beside the one that was entered instead."""
        retract(followed, entry(followed, ReleaseRecorded))
        taken_back = entry(followed, e.CircumstancesMended)
        followed.take(released(followed, 301))
        refused(followed, "rests_on_it", retract, taken_back)


class TestWho:
    def test_whoever_recorded_it_mends_it_for_some_days(self, followed: House) -> None:
        number = entry(followed, e.ContactRecorded)
        followed.paper.now += WEEK
        retract(a_copy(followed), number, by=followed.caseworker)
        followed.paper.now += timedelta(seconds=1)
        with pytest.raises(NotAllowed) as raised:
            retract(followed, number, by=followed.caseworker)
        assert raised.value.code == "mended_by_coordinator"
        retract(followed, number, by=followed.coordinator)

    def test_another_caseworker_does_not(self, followed: House) -> None:
        other = hire(followed.paper, "caseworker-2", Role.CASEWORKER)
        refused(
            followed, "mended_by_coordinator", retract, entry(followed, e.ContactRecorded), by=other
        )

    def test_nor_does_another_centres_coordinator(self, followed: House) -> None:
        other = Actor(id=uuid5(ROOT, "other"), role=Role.COORDINATOR, centre="midelt")
        assert register_centre().centre != other.centre
        refused(followed, "other_centre", retract, entry(followed, e.ContactRecorded), by=other)

    def test_the_division_mends_its_own_opinion_and_no_contact(self, house: House) -> None:
        house.walk(house.way.steps(), until=t.SubmitToSession)
        opinion = house.way.step(t.GiveOpinion)
        refused(
            house, "mended_by_coordinator", retract, entry(house, e.ContactRecorded), by=DIVISION
        )
        number = entry(house, te.OpinionGiven)
        correct(house, (number, opinion.model_copy(update={"reasons": "Three."})), by=DIVISION)
        correct(house, (entry(house, te.OpinionGiven), opinion))

    def test_a_closed_case_is_mended_too(self, delivered: House) -> None:
        visit = delivered.way.step(t.RecordVisit)
        delivered.take(visit)
        delivered.take(
            s.CloseCase(occurred_on=visit.occurred_on, outcome=Outcome.PROJECT_RUNNING),
            delivered.coordinator,
        )
        correct(delivered, (entry(delivered, e.ContactRecorded), contact(delivered.way.day(305))))

    def test_nothing_is_mended_of_a_restricted_person(self, delivered: House) -> None:
        visit = delivered.way.step(t.RecordVisit)
        delivered.take(visit)
        delivered.take(
            s.CloseCase(occurred_on=visit.occurred_on, outcome=Outcome.PROJECT_RUNNING),
            delivered.coordinator,
        )
        person = stream_id(StreamKind.BENEFICIARY, delivered.way.beneficiary_id)
        delivered.paper.take(person, RestrictPerson(occurred_on=delivered.paper.today), DIVISION)
        refused(delivered, "person_restricted", retract, entry(delivered, e.ContactRecorded))


class TestWhatIsNone:
    def test_what_is_not_there(self, followed: House) -> None:
        refused(followed, "entry_not_found", retract, 999)

    def test_what_another_step_mends(self, delivered: House) -> None:
        for kind, step in (
            (te.DecisionRecorded, "correct-decision"),
            (te.EquipmentOrdered, "cancel-line"),
        ):
            error = refused(delivered, "mended_otherwise", retract, entry(delivered, kind))
            assert error.params["steps"] == step

    def test_an_opening_is_closed_as_opened_in_error(self, delivered: House) -> None:
        refused(delivered, "opened_in_error_instead", retract, entry(delivered, e.CaseOpened))

    def test_what_another_form_says(self, followed: House) -> None:
        number = entry(followed, e.ContactRecorded)
        note = s.AddNote(occurred_on=followed.way.day(305), text="n")
        error = refused(followed, "correction_unreadable", correct, (number, note))
        assert str(error.params["where"]).startswith("content.")

    def test_a_day_in_the_future(self, followed: House) -> None:
        number = entry(followed, e.ContactRecorded)
        tomorrow = contact(followed.paper.today + timedelta(days=1))
        refused(followed, "date_in_future", correct, (number, tomorrow))


class TestWhatItTells:
    def test_of_custody_no_more_than_any_entry_of_custody(self, followed: House) -> None:
        made = correct(followed, (entry(followed, ReleaseRecorded), released(followed, 298)))
        assert {outward(type(each)) for each in made} == {e.CircumstancesRecorded}

    def test_which_entries_and_how(self, followed: House) -> None:
        number = entry(followed, e.ContactRecorded)
        mended, told = correct(followed, (number, contact(followed.way.day(305))))
        assert isinstance(mended, e.EntriesMended)
        assert (mended.entries, mended.corrected, mended.explanation) == (
            (number,),
            (number,),
            "Mistyped.",
        )
        assert isinstance(told, e.ContactRecorded)
        about = past(followed)[-1].envelope
        assert (about.step, about.occurred_on, about.mends) == (
            "record-contact",
            followed.way.day(305),
            number,
        )
        mending = followed.case.mended[number]
        assert (mending.by, mending.corrected) == (about.version - 1, True)

    def test_of_the_wrong_person_all_that_ever_stood_there(self, followed: House) -> None:
        number = entry(followed, e.ContactRecorded)
        correct(followed, (number, contact(followed.way.day(305))))
        instead = entry(followed, e.ContactRecorded)
        retract(followed, instead, wrong_person=True)
        assert {n for n, each in followed.case.mended.items() if each.wrong_person} == {
            number,
            instead,
        }

    def test_in_the_project_too(self, delivered: House) -> None:
        delivered.take(delivered.way.step(t.RecordVisit))
        *_, told = retract(delivered, entry(delivered, te.VisitRecorded), wrong_person=True)
        assert isinstance(told, ProjectEntriesMended)
        assert told.wrong_person


def test_as_known_before_the_correction_it_stood_as_it_was_told(followed: House) -> None:
    before = in_order(past(followed))
    correct(followed, (entry(followed, ReleaseRecorded), released(followed, 298)))
    known = [each for each in past(followed) if each.envelope.version <= len(before)]
    assert in_order(known) == before
