"""Who a person is, told otherwise; one registered twice, merged with another and parted: by chance."""

from datetime import date
from uuid import UUID

from domain.beneficiary import steps as b
from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.vocabulary import Sex
from domain.message import Step, StreamKind, stream_id
from tests.closer.moves import WHY
from tests.closer.site import TODAY, Site, Try

BIRTHS = (date(1991, 5, 17), date(1988, 1, 1), date(2005, 11, 3), None)


def of_person(site: Site, case_id: UUID) -> Try | None:
    """Of the person whose case it is, or of whom something waits for an answer."""
    random = site.random
    asked = [each for each in site.cases if site.waiting(_person(site, each))]
    merged = [each for each in site.cases if _merged(site, each)]
    if (asked or merged) and random.random() < 0.6:
        case_id = random.choice([*asked, *merged])
    target = _person(site, case_id)
    person: BeneficiaryState = site.books.state(target)
    step: Step
    if waiting := site.waiting(target):
        named = next(iter(waiting))
        step = b.ConfirmBeneficiaryRequest(occurred_on=TODAY, request_id=named)
        if random.random() < 0.2:
            step = b.RefuseBeneficiaryRequest(occurred_on=TODAY, request_id=named, explanation=WHY)
    elif person.merged_into is not None:
        step = b.UndoMerge(occurred_on=TODAY, explanation=WHY)
    elif random.random() < 0.5:
        step = b.CorrectIdentity(
            occurred_on=TODAY,
            sex=random.choice(list(Sex)),
            name_latin="Salma",
            birth_date=random.choice(BIRTHS),
            explanation=WHY,
        )
    else:
        other = random.choice(site.cases)
        goes_by = site.case(other).beneficiary_id
        assert goes_by is not None
        step = b.MergePerson(
            occurred_on=TODAY,
            goes_by=goes_by,
            goes_on=random.choice([case_id, other, None]),
            explanation=WHY,
        )
    return Try(target, step)


def _person(site: Site, case_id: UUID) -> str:
    """Of whom a case is."""
    name = site.case(case_id).beneficiary_id
    assert name is not None
    return stream_id(StreamKind.BENEFICIARY, name)


def _merged(site: Site, case_id: UUID) -> bool:
    person: BeneficiaryState = site.books.state(_person(site, case_id))
    return person.merged_into is not None
