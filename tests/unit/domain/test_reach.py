"""How staff are reached: said by themselves, as a whole, at addresses that are some."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.errors import Refused
from domain.message import Actor, Role
from domain.reaching.telling import WRITTEN
from domain.staff.reach import steps as s
from domain.staff.reach.state import HowReached
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel
from domain.staff.steps import RecordDeparture
from tests.support.paper import ADMINISTRATOR, DIRECTORY, Paper
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.keys import directory

TODAY = date(2026, 3, 2)
BOTH = (StaffChannel.EMAIL, StaffChannel.SMS)
WHOLE = {
    "language": "french",
    "channels": BOTH,
    "email": "a.b@Example.ORG",
    "telephone": "0612345678",
}


def said(**more: object) -> s.ChangeReach:
    return s.ChangeReach.model_validate({"occurred_on": TODAY} | WHOLE | more)


def of(paper: Paper, actor: Actor) -> HowReached | None:
    return directory(paper).reach.get(actor.id)


def refused(paper: Paper, code: str, step: s.ChangeReach | s.EndReach, actor: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        paper.take(DIRECTORY, step, actor)
    assert refusal.value.code == code


def test_it_is_said_as_a_whole_and_of_oneself_alone(house: House) -> None:
    paper, one, other = house.paper, house.caseworker, house.coordinator
    paper.take(DIRECTORY, said(), one)
    how = of(paper, one)
    assert how == HowReached(
        language=ReaderLanguage.FRENCH,
        email="a.b@example.org",
        telephone="+212612345678",
        channels=BOTH,
        daily_digest=True,
        said_on=TODAY,
    )
    assert of(paper, other) is None
    paper.take(DIRECTORY, said(channels=(StaffChannel.SMS,), email=None, daily_digest=False), one)
    how = of(paper, one)
    assert how is not None
    assert how.address_by(StaffChannel.EMAIL) is None
    assert how.address_by(StaffChannel.SMS) == "+212612345678"
    assert not how.daily_digest


def test_an_address_without_its_channel_is_kept_and_not_used(house: House) -> None:
    house.paper.take(DIRECTORY, said(channels=()), house.caseworker)
    how = of(house.paper, house.caseworker)
    assert how is not None
    assert how.email is not None
    assert [how.address_by(channel) for channel in StaffChannel] == [None, None]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"email": None}, "channel_without_address"),
        ({"telephone": None}, "channel_without_address"),
        ({"channels": (StaffChannel.SMS, StaffChannel.SMS)}, "channel_named_twice"),
        ({"occurred_on": date(2019, 1, 1)}, "date_before_earlier_step"),
    ],
)
def test_a_channel_has_its_address(house: House, more: dict[str, object], code: str) -> None:
    refused(house.paper, code, said(**more), house.caseworker)


@pytest.mark.parametrize(
    "email",
    [
        *("nobody", "a@b", "@example.org", "a@@example.org", "a@example.org, b@example.org"),
        *(
            "a@example.org\r\nBcc: b@example.org",
            "A <a@example.org>",
            "a..b@example.org",
            ".a@b.ma",
        ),
        *(
            "a@-example.org",
            "a@example..org",
            "é@example.org",
            "a@example.org.",
            "a" * 65 + "@b.ma",
        ),
        "a@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 63 + "." + "e" * 60 + ".ma",
    ],
)
def test_what_no_mail_server_would_take_is_no_address(email: str) -> None:
    with pytest.raises(ValidationError, match="email"):
        said(email=email)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+212612345678"),
        ("0612-34.56 78", "+212612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+212612345678"),
        ("+212 6 12 34 56 78", "+212612345678"),
        ("00212612345678", "+212612345678"),
        ("+33 (6) 12 34 56 78", "+33612345678"),
    ],
)
def test_a_number_is_kept_as_the_world_dials_it(typed: str, kept: str) -> None:
    assert said(telephone=typed).telephone == kept


@pytest.mark.parametrize("typed", ["12", "612345678", "+0612345678", "06123", "x", "+2126x2345678"])
def test_what_cannot_be_dialled_from_everywhere_is_no_number(typed: str) -> None:
    with pytest.raises(ValidationError, match="telephone"):
        said(telephone=typed)


def test_another_s_is_ended_by_an_administrator_alone(house: House) -> None:
    paper, one = house.paper, house.caseworker
    ends = s.EndReach(occurred_on=TODAY, staff_id=one.id)
    refused(paper, "reach_not_said", ends, one)
    paper.take(DIRECTORY, said(), one)
    for other in (house.coordinator, hire(paper, "caseworker-2", Role.CASEWORKER)):
        refused(paper, "reach_of_another", ends, other)
    early = ends.model_copy(update={"occurred_on": TODAY - timedelta(days=1)})
    refused(paper, "date_before_earlier_step", early, one)
    paper.take(DIRECTORY, ends, ADMINISTRATOR)
    assert of(paper, one) is None
    paper.take(DIRECTORY, said(), one)
    paper.take(DIRECTORY, ends, one)
    assert of(paper, one) is None


def test_nothing_reaches_who_left(house: House) -> None:
    house.paper.take(DIRECTORY, said(), house.caseworker)
    gone = RecordDeparture(occurred_on=TODAY, staff_id=house.caseworker.id)
    house.paper.take(DIRECTORY, gone, ADMINISTRATOR)
    assert of(house.paper, house.caseworker) is None


def test_each_language_has_the_tag_that_texts_are_kept_by() -> None:
    assert [each.tag for each in ReaderLanguage] == ["ar", "fr", "en"]
    assert {*WRITTEN.values()} <= {each.tag for each in ReaderLanguage}
