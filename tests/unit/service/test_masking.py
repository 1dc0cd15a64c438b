"""Fields are blanked by class, for the role of whoever reads."""

from datetime import date
from typing import Annotated

from pydantic_core import to_jsonable_python

from domain.beneficiary.events import BeneficiaryRegistered
from domain.beneficiary.steps import ContactPerson
from domain.beneficiary.vocabulary import Sex
from domain.case.custody.events import DetentionBegun
from domain.case.custody.vocabulary import DetentionKind
from domain.case.events import NeedsAssessed
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.case.vocabulary import NeedArea, NeedStatus
from domain.case.whereabouts import Met
from domain.message import FieldClass, Message, Role
from service.access.masking import masked, shown_of_state
from service.queries.worklists import TaskCounts

PERSON = BeneficiaryRegistered(
    name_ar="سلمى",
    sex=Sex.FEMALE,
    birth_date=date(1991, 5, 17),
    contacts=(ContactPerson(name="Amina", relation="sister"),),
)


class Line(Message):
    number: int
    name: Annotated[str | None, FieldClass.PERSONAL] = None


class Sheet(Message):
    title: Annotated[str | None, FieldClass.PUBLIC] = None
    lines: tuple[Line, ...] = ()
    first: Line | None = None


def test_centre_staff_and_auditors_see_all() -> None:
    for role in (Role.CASEWORKER, Role.COORDINATOR, Role.AUDITOR):
        assert masked(PERSON, role) is PERSON


def test_the_division_sees_nothing_personal_judicial_or_of_health() -> None:
    seen = masked(PERSON, Role.DIVISION)
    assert (seen.sex, seen.name_ar, seen.birth_date, seen.contacts) == (Sex.FEMALE, *[None] * 3)
    held = DetentionBegun(kind=DetentionKind.REMAND, prison="somewhere")
    assert masked(held, Role.DIVISION).prison is None
    needs = NeedsAssessed(form="1", areas={NeedArea.HEALTH: NeedStatus.MET}, remarks="tired")
    assert masked(needs, Role.DIVISION).remarks is None


def test_counts_of_what_is_to_be_done_tell_no_day_nor_kind_of_custody() -> None:
    """Of one case the next day would be that of its release."""
    counts = TaskCounts(
        overdue=0,
        due=0,
        coming=1,
        by_kind={ReviewKind.PRE_RELEASE: 1},
        by_met={Met.PRISON: 1},
        by_province={"taza": 1},
        next_on=date(2026, 3, 9),
    )
    seen = masked(counts, Role.DIVISION)
    assert (seen.coming, seen.by_kind, seen.by_met, seen.next_on) == (1, None, None, None)


def test_records_inside_are_looked_into() -> None:
    sheet = Sheet(title="list", lines=(Line(number=1, name="A"),), first=Line(number=2, name="B"))
    seen = masked(sheet, Role.DIVISION)
    assert (seen.title, seen.lines[0].number) == ("list", 1)
    assert seen.lines[0].name is None
    assert seen.first == Line(number=2)
    assert sheet.lines[0].name == "A"


def test_a_role_nobody_holds_sees_nothing() -> None:
    seen = masked(PERSON, Role.TIMER)
    assert not any(value for _, value in seen)


def test_a_state_is_written_alike_by_every_process() -> None:
    reminded = frozenset((f"visit/{number}", date(2026, 1, 31 - number)) for number in range(9))
    state = CaseState(reminded=reminded)
    shown = shown_of_state(state, to_jsonable_python(state), Role.AUDITOR)
    assert shown["reminded"] == sorted([key, day.isoformat()] for key, day in reminded)
