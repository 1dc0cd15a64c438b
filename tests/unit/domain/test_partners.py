"""Partners' systems: at one address one, told until it ends or wants no more, and of nobody."""

from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.errors import Refused
from domain.example.partners import PARTNER, partners
from domain.message import TIMER, Actor, Step
from domain.staff.partners.heard import Heard
from domain.staff.partners.state import Partner
from domain.staff.partners.steps import EndPartner, NotePartnerGone, RegisterPartner
from domain.staff.state import DIRECTORY
from tests.support.paper import ADMINISTRATOR, Paper
from tests.unit.domain.keys import directory

FIRST = next(each for each in partners() if isinstance(each, RegisterPartner))
DAY = FIRST.occurred_on
ENDS = EndPartner(occurred_on=DAY, partner=PARTNER)
GONE = NotePartnerGone(occurred_on=DAY, partner=PARTNER, message_id=UUID(int=1))


class Office:
    """The directory, and who tells it of partners."""

    def __init__(self) -> None:
        self.paper = Paper()
        self.take(FIRST)

    def take(self, step: Step, actor: Actor = ADMINISTRATOR) -> None:
        self.paper.take(DIRECTORY, step, actor)

    def refused(self, code: str, step: Step, actor: Actor = ADMINISTRATOR) -> None:
        with pytest.raises(Refused) as refusal:
            self.take(step, actor)
        assert refusal.value.code == code

    def again(self, **more: object) -> None:
        self.take(FIRST.model_copy(update=more))

    @property
    def partner(self) -> Partner:
        return directory(self.paper).partners[PARTNER]


@pytest.fixture
def office() -> Office:
    return Office()


def test_it_is_told_from_its_registration_until_its_end(office: Office) -> None:
    first = office.partner
    assert (first.listens, first.hears) == (True, frozenset(FIRST.hears))
    office.take(ENDS)
    ended = office.partner
    assert not ended.listens
    office.refused("partner_over", ENDS)
    office.again()
    again = office.partner
    assert again.listens
    assert again.since > first.since  # what was in between is not told late


def test_a_change_keeps_its_secret_and_what_it_has_still_to_hear(office: Office) -> None:
    before = office.partner
    office.again(url="https://other.example/jisr", hears=(Heard.ORDER_PLACED, Heard.ORDER_PLACED))
    after = office.partner
    assert (after.url, [*after.hears]) == ("https://other.example/jisr", [Heard.ORDER_PLACED])
    assert (after.partner_id, after.secret_id) == (before.partner_id, before.secret_id)
    assert after.since == before.since
    office.again(new_secret=True)
    assert office.partner.secret_id != before.secret_id
    assert office.partner.partner_id == before.partner_id


def test_one_that_wants_no_more_is_told_no_more_until_it_is_registered_anew(
    office: Office,
) -> None:
    office.take(GONE, TIMER)
    assert (office.partner.listens, office.partner.gone) == (False, True)
    office.refused("partner_over", GONE, TIMER)
    office.again()
    assert (office.partner.listens, office.partner.gone) == (True, False)


def test_two_systems_are_not_told_at_one_address(office: Office) -> None:
    other = FIRST.model_copy(update={"partner": "other"})
    office.refused("partner_address_taken", other)
    office.take(ENDS)
    office.take(other)


def test_one_that_nobody_knows_does_not_end(office: Office) -> None:
    office.refused("partner_unknown", EndPartner(occurred_on=DAY, partner="nobody"))


@pytest.mark.parametrize(
    "url",
    [
        "http://partner.example/",
        "https://localhost/",
        "https://intranet/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f.0.0.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://10.2.3.4:8443/",
        "https://169.254.169.254/latest",
        "https://me:pw@partner.example/",
        "https://partner.example/#there",
        "https://partner.example:0/",
        "https://partner.example:99999/",
        "https://partner.example/a b",
        "https:///jisr",
        "https://[::1",
        "ftp://partner.example/",
    ],
)
def test_what_does_not_lead_out_of_the_house_is_no_address(url: str) -> None:
    with pytest.raises(ValidationError):
        RegisterPartner.model_validate(FIRST.model_dump() | {"url": url})


@pytest.mark.parametrize(
    "url",
    ["https://partner.example:8443/x?y=1", "https://93.184.216.34/", "https://[2606:4700::1]/"],
)
def test_what_leads_out_is(url: str) -> None:
    assert RegisterPartner.model_validate(FIRST.model_dump() | {"url": url}).url == url
