"""What stands beside the example's case: the centre, its staff, the person, money, lists."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.agreement import steps as a
from domain.agreement.territory import TerritoryReach
from domain.asking.vocabulary import RequestGround
from domain.beneficiary import steps as b
from domain.beneficiary.restriction.steps import RestrictOnRequest
from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.rights.steps import AnswerDataRequest, ReceiveDataRequest
from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.beneficiary.vocabulary import IdentityKind, Language, Sex
from domain.ceremony import steps as c
from domain.ceremony.vocabulary import SiteKind
from domain.example.partners import partners
from domain.example.person import EXAMPLE, FOUNDED, Person
from domain.example.registered import register_entries, registered_twice
from domain.example.rules import add_rules
from domain.message import Role, Step
from domain.registry.steps import Catchment, RegisterCentre
from domain.rules import DecidingBody, FundingSource
from domain.session import steps as m
from domain.staff.calendar_link.steps import EndCalendarLink, MakeCalendarLink
from domain.staff.reach.steps import ChangeReach, EndReach
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel
from domain.staff.steps import (
    AcceptInvitation,
    AcknowledgeNotices,
    ChangePassword,
    EndCredentials,
    InvitePassword,
    IssueAccessKey,
    RecordDeparture,
    RegisterStaff,
    RevokeAccessKey,
)

HIRED = date(2020, 1, 2)
ACCESS_KEY = UUID("f4e3d2c1-8b1a-5e4f-a2b3-6c5d4e3f2a06")
NEXT_AGREEMENT = UUID("d0e4c8a5-3d2f-5b8c-8e51-9f7a6b5c4d08")
"""Of the season after the example's."""
REGISTERED_BEFORE = UUID("1a9c8b63-2e8f-5d2b-8b68-4d2d2f1d9b12")
"""Whom the example's person turns out to be, for a day."""
KEPT = tuple(UUID(int=UUID("b6c5d4e3-ad3c-506f-84d5-8e7f605b4c08").int + n) for n in range(4))
"""A password, its second factor, and two recovery sheets."""
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
        *register_entries(who),
        *registered_twice(who),
        add_rules(),
        *partners(),
        register_staff(f"{who.centre}-caseworker-1", Role.CASEWORKER, who.centre),
        IssueAccessKey(occurred_on=HIRED, staff_id=who.caseworker, digest="0" * 64),
        AcknowledgeNotices(occurred_on=HIRED, notices=(NOTICE,)),
        RevokeAccessKey(occurred_on=date(2024, 1, 2), key_id=ACCESS_KEY),
        *passwords(who),
        *reach(who),
        RecordDeparture(occurred_on=date(2025, 2, 3), staff_id=who.caseworker),
    )


def reach(who: Person) -> tuple[Step, ...]:
    """How the caseworker is reached besides the inbox, until the address is somebody else's; and their calendar."""
    return (
        ChangeReach(
            occurred_on=HIRED,
            language=ReaderLanguage.FRENCH,
            channels=(StaffChannel.EMAIL, StaffChannel.SMS),
            email="s.office@example.org",
            telephone="+212600000009",
        ),
        EndReach(occurred_on=date(2025, 1, 2), staff_id=who.caseworker),
        MakeCalendarLink(occurred_on=HIRED, digest="2" * 64),
        EndCalendarLink(occurred_on=date(2025, 1, 2), staff_id=who.caseworker),
    )


def passwords(who: Person) -> tuple[Step, ...]:
    """A password from the invitation to its end."""
    return (
        InvitePassword(
            occurred_on=HIRED,
            staff_id=who.caseworker,
            name=f"{who.centre}-caseworker-1",
            digest="1" * 64,
        ),
        AcceptInvitation(
            occurred_on=HIRED,
            password=KEPT[0],
            second_factor=KEPT[1],
            recovery_sheet=KEPT[2],
        ),
        ChangePassword(occurred_on=date(2024, 1, 2), recovery_sheet=KEPT[3]),
        EndCredentials(occurred_on=date(2025, 1, 2), staff_id=who.caseworker),
    )


def data_requests(who: Person) -> tuple[Step, ...]:
    """She asks what is kept of her, and is shown it."""
    return (
        ReceiveDataRequest(
            occurred_on=who.day(950),
            kind=DataRequestKind.SEE,
            asked_by=DataRequestedBy.PERSON,
            in_their_words="Everything that is written about me.",
        ),
        AnswerDataRequest(
            occurred_on=who.day(955),
            kind=DataRequestKind.SEE,
            answer=DataRequestAnswer.GRANTED,
            identity_seen=True,
            explanation="Handed over at the centre, and read to her.",
        ),
    )


SISTER = b.ContactPerson(name="Amina Elmithal", relation="sister", phone="+212 600 000 002")


def register_beneficiary(
    who: Person = EXAMPLE, name: str = "Salma Elmithal", card: str | None = None
) -> b.RegisterBeneficiary:
    """No two people have one card, or one telephone: who registers several gives each their own card."""
    paper = b.IdentityPaper(
        kind=IdentityKind.NATIONAL_CARD, number=card or who.card, expires_on=date(2031, 5, 17)
    )
    return b.RegisterBeneficiary(
        occurred_on=who.day(-1),
        name_ar="سلمى المثال",
        name_latin=name,
        sex=Sex.FEMALE,
        birth_date=date(1991, 5, 17),
        identity=paper,
        phone=_phone(paper.number),
        contacts=(SISTER,),
        language=Language.DARIJA,
        best_time="In the evening",
        may_leave_message=True,
        reads=True,
    )


def _phone(card: str) -> str:
    digits = "".join(sign for sign in card if sign.isdigit())[-6:].zfill(6)
    return f"+212 600 {digits[:3]} {digits[3:]}"


def identity(who: Person) -> tuple[Step, ...]:
    registered = register_beneficiary(who)
    return (
        registered,
        b.ChangeDetails(
            occurred_on=who.day(6),
            identity=registered.identity,
            phone=registered.phone,
            contacts=registered.contacts,
            language=registered.language,
            best_time="After the afternoon prayer",
            may_leave_message=True,
            reads=True,
        ),
        b.CorrectIdentity(
            occurred_on=who.day(7),
            name_ar=registered.name_ar,
            name_latin="Salma El Mithal",
            sex=registered.sex,
            birth_date=date(1991, 5, 18),
            identity=registered.identity,
            explanation="The card says the eighteenth.",
        ),
        b.MergePerson(
            occurred_on=who.day(8),
            goes_by=REGISTERED_BEFORE,
            ground=RequestGround.SAME_PERSON,
            explanation="Registered at her first visit already, under her passport.",
        ),
        b.UndoMerge(occurred_on=who.day(9), explanation="Her cousin of the same name."),
        *data_requests(who),
        RestrictOnRequest(
            occurred_on=who.day(957),
            because=RestrictionGround.ACCURACY_CONTESTED,
            asked_by=DataRequestedBy.PERSON,
            explanation="She says the address is her brother's.",
        ),
        b.RestrictPerson(occurred_on=who.day(960)),
        b.LiftRestriction(
            occurred_on=who.day(962),
            told_on=who.day(961),
            explanation="Came back for advice.",
        ),
        b.RequestErasure(occurred_on=who.day(965)),
        b.ConfirmBeneficiaryRequest(occurred_on=who.day(966)),
        b.RefuseBeneficiaryRequest(
            occurred_on=who.day(967), explanation="She asked for her papers first."
        ),
    )


def sign_agreement(
    who: Person = EXAMPLE, envelope: str = "1000000.00", places: int = 40
) -> a.SignAgreement:
    year = who.delivered_on.year
    return a.SignAgreement(
        occurred_on=who.day(296),
        parties=("Foundation", "INDH committee of the province"),
        territory=a.Where(reach=TerritoryReach.PROVINCES, provinces=(who.province,)),
        season=a.Season(label=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)),
        funding_source=FundingSource.INDH_PRECARIOUS,
        indh_phase=3,
        signed_at="siège de la province",
        envelope=Decimal(envelope),
        planned_places=places,
        ends_on=date(year, 12, 31),
        tranches=(a.Tranche(amount=Decimal("200000.00"), people=8, planned_on=date(year, 1, 15)),),
    )


def terms(who: Person) -> tuple[Step, ...]:
    """What two people or an amendment change of an agreement, until it is closed."""
    return (
        a.AmendAgreement(
            occurred_on=who.day(398),
            number=1,
            envelope=Decimal("1100000.00"),
            planned_places=41,
            ends_on=date(who.delivered_on.year + 1, 6, 30),
            explanation="The province adds one project.",
        ),
        a.AllowMorePlaces(
            occurred_on=who.day(405), places=1, explanation="Two people share one workshop."
        ),
        a.ConfirmAgreementRequest(occurred_on=who.day(406)),
        a.RefuseAgreementRequest(
            occurred_on=who.day(407), explanation="The workshop has one place only."
        ),
        a.CloseAgreement(occurred_on=who.day(752), explanation="The season is over."),
        a.ReopenAgreement(
            occurred_on=who.day(760), explanation="A decision of December was entered late."
        ),
    )


def money(who: Person) -> tuple[Step, ...]:
    """What comes in under an agreement, and what goes out again."""
    return (
        sign_agreement(who),
        a.RecordFundsReceived(
            occurred_on=who.day(312),
            amount=Decimal("200000.00"),
            reference="virement 2023/88",
            tranche=1,
        ),
        *terms(who),
        a.RepayFunds(
            occurred_on=who.day(740), amount=Decimal("1500.00"), reference="virement 2025/12"
        ),
        a.ReverseFunds(
            occurred_on=who.day(740), movement=2, explanation="The transfer did not leave the bank."
        ),
        a.CorrectFunds(
            occurred_on=who.day(740),
            movement=1,
            amount=Decimal("199000.00"),
            reference="virement 2023/89",
            tranche=1,
            explanation="The amount of another transfer was entered.",
        ),
        a.CarryFundsOver(
            occurred_on=who.day(741),
            into=NEXT_AGREEMENT,
            amount=Decimal("500.00"),
            explanation="The committee leaves it for the next season.",
        ),
        a.DeclareShortfall(
            occurred_on=who.day(742),
            amount=Decimal("800.00"),
            explanation="The last tranche came shorter than it was agreed.",
        ),
    )


def schedule_session(who: Person = EXAMPLE) -> m.ScheduleSession:
    return m.ScheduleSession(
        occurred_on=who.day(355),
        body=DecidingBody.COMMITTEE,
        committee=who.committee,
        meets_on=who.session_on,
    )


def record_minutes(who: Person = EXAMPLE) -> m.RecordMinutes:
    return m.RecordMinutes(occurred_on=who.day(381), minutes=f"{who.session_on.year}/17")


def session(who: Person) -> tuple[Step, ...]:
    return (
        schedule_session(who),
        m.PostponeSession(
            occurred_on=who.day(370),
            meets_on=who.day(387),
            explanation="The governor is away on that day.",
        ),
        m.CancelSession(occurred_on=who.day(372), explanation="Joined with the next one."),
        record_minutes(who),
    )


def schedule_ceremony(who: Person = EXAMPLE) -> c.ScheduleCeremony:
    return c.ScheduleCeremony(
        occurred_on=who.day(480),
        province=who.province,
        city="Taza",
        site=SiteKind.PROVINCE,
        site_name="siège de la province",
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
