"""What stands beside the example's case: the centre, its staff, the person, money, the ceremony."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.agreement import steps as a
from domain.beneficiary import steps as b
from domain.beneficiary.vocabulary import IdentityKind, Language, Sex
from domain.ceremony import steps as c
from domain.example.person import EXAMPLE, Person
from domain.message import Role, Step
from domain.registry.steps import Catchment, RegisterCentre
from domain.rules import FundingSource
from domain.staff.steps import (
    AcknowledgeNotices,
    IssueAccessKey,
    RegisterStaff,
    RevokeAccessKey,
)

FOUNDED = date(2020, 1, 1)
"""When the centre was registered; its staff came the day after."""
HIRED = date(2020, 1, 2)
ACCESS_KEY = UUID("f4e3d2c1-8b1a-5e4f-a2b3-6c5d4e3f2a06")
NOTICE = UUID("a5b4c3d2-9c2b-5f5e-b3c4-7d6e5f4a3b07")


def register_centre(who: Person = EXAMPLE) -> RegisterCentre:
    return RegisterCentre(
        occurred_on=FOUNDED,
        centre=who.centre,
        code=who.centre[:3].upper(),
        name_fr="Centre d'accompagnement et de réinsertion",
        name_ar="مركز المصاحبة وإعادة الإدماج",
        catchment=(Catchment(province=who.province, since=date(2015, 1, 1)),),
    )


def register_staff(label: str, role: Role, centre: str | None = None) -> RegisterStaff:
    """A member of staff; caseworkers and coordinators belong to a centre."""
    return RegisterStaff(occurred_on=HIRED, label=label, role=role, centre=centre)


def house(who: Person) -> tuple[Step, ...]:
    return (
        register_centre(who),
        register_staff(f"{who.centre}-caseworker-1", Role.CASEWORKER, who.centre),
        IssueAccessKey(occurred_on=HIRED, staff_id=who.caseworker, digest="0" * 64),
        AcknowledgeNotices(occurred_on=HIRED, notices=(NOTICE,)),
        RevokeAccessKey(occurred_on=date(2024, 1, 2), key_id=ACCESS_KEY),
    )


def register_beneficiary(
    who: Person = EXAMPLE, name: str = "Salma Elmithal"
) -> b.RegisterBeneficiary:
    card = b.IdentityPaper(
        kind=IdentityKind.NATIONAL_CARD, number="ZZ000001", expires_on=date(2031, 5, 17)
    )
    sister = b.ContactPerson(name="Amina Elmithal", relation="sister", phone="+212 600 000 002")
    return b.RegisterBeneficiary(
        occurred_on=who.day(-1),
        name_ar="سلمى المثال",
        name_latin=name,
        sex=Sex.FEMALE,
        birth_date=date(1991, 5, 17),
        identity=card,
        phone="+212 600 000 001",
        contacts=(sister,),
        language=Language.DARIJA,
        may_leave_message=True,
    )


def identity(who: Person) -> tuple[Step, ...]:
    registered = register_beneficiary(who)
    known = {name: getattr(registered, name) for name in registered.model_fields_set}
    return (
        registered,
        b.ChangeDetails(
            **known | {"occurred_on": who.day(6), "name_latin": "Salma El Mithal"},
        ),
        b.RequestErasure(occurred_on=who.day(965)),
        b.ApproveErasure(occurred_on=who.day(966)),
    )


def sign_agreement(
    who: Person = EXAMPLE, envelope: str = "1000000.00", places: int = 40
) -> a.SignAgreement:
    year = who.delivered_on.year
    return a.SignAgreement(
        occurred_on=who.day(296),
        parties=("Foundation", "INDH committee of the province"),
        province=who.province,
        season=a.Season(label=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)),
        funding_source=FundingSource.INDH_PRECARIOUS,
        signed_at="siège de la province",
        envelope=Decimal(envelope),
        planned_places=places,
    )


def money(who: Person) -> tuple[Step, ...]:
    return (
        sign_agreement(who),
        a.RecordFundsReceived(
            occurred_on=who.day(312), amount=Decimal("200000.00"), reference="virement 2023/88"
        ),
        a.AmendAgreement(
            occurred_on=who.day(398),
            envelope=Decimal("1100000.00"),
            planned_places=41,
            explanation="The province adds one project.",
        ),
        a.AllowMorePlaces(
            occurred_on=who.day(405), places=1, explanation="Two people share one workshop."
        ),
        a.CloseAgreement(
            occurred_on=who.day(752),
            repaid=Decimal("1500.00"),
            explanation="The season is over.",
        ),
    )


def schedule_ceremony(who: Person = EXAMPLE) -> c.ScheduleCeremony:
    return c.ScheduleCeremony(
        occurred_on=who.day(480),
        province=who.province,
        city="Taza",
        place="siège de la province",
        held_on=who.delivered_on,
        presided_by="the governor of the province",
    )


def ceremony(who: Person) -> tuple[Step, ...]:
    return (
        schedule_ceremony(who),
        c.PostponeCeremony(
            occurred_on=who.day(485),
            held_on=who.day(562),
            explanation="The hall is taken on that day.",
        ),
        c.CancelCeremony(occurred_on=who.day(490), explanation="Joined with another one."),
        c.RecordCeremonyHeld(
            occurred_on=who.delivered_on,
            attended=("the president of the province's council", "the prison's director"),
        ),
    )
