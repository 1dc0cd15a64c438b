"""How one is reached, said on one's account page; another's is ended by an administrator alone."""

from datetime import UTC, datetime

from domain.message import Role
from domain.values.calendar import local_date
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.support.browsing import Page, at_a_browser, told


def test_it_is_said_on_the_account_page_and_begins_with_what_was_said(office: Office) -> None:
    colleague = office.system.hire(Role.CASEWORKER, "taza")
    page = words(Language.ARABIC).page
    with at_a_browser(office.system, colleague, Language.ARABIC) as person:
        assert page["reach_not_said"] in person.browser.get("/account").text
        form = Page(person.browser.get("/steps/change-reach").text)
        typed = {"channels.email": "email", "email": "nobody", "daily_digest": "no", "go": "send"}
        said = form.sent() | typed | {"occurred_on": "today"}
        again = person.browser.post(form.action, data=said)
        assert again.status_code == 422, told(again)
        form = Page(again.text)
        sent = form.sent() | {"email": "a.b@example.org", "go": "send"}
        done = person.browser.post(form.action, data=sent)
        assert "/sent/" in str(done.url), told(done)
        own = colleague.found("/v1/me/reach")
        assert own["channels"] == ["email"]
        assert (own["language"], own["email"]) == ("arabic", "a.b@example.org")
        assert own["daily_digest"] is False
        assert "a.b@example.org" in person.browser.get("/account").text
        assert "a.b@example.org" in person.browser.get("/steps/change-reach").text


def test_nobody_else_reads_an_address_and_an_administrator_ends_it(office: Office) -> None:
    colleague = office.system.hire(Role.CASEWORKER, "taza")
    today = {"occurred_on": str(local_date(datetime.now(UTC)))}
    reach = {"language": "french", "channels": ["sms"], "telephone": "06 00 00 00 91"}
    colleague.step("/v1/me/reach", today | reach)
    assert office.coordinator.found("/v1/me/reach")["telephone"] is None
    for reader in (office.coordinator, office.administrator):
        for path in ("/v1/staff", f"/v1/staff/{colleague.staff_id}"):
            assert "600000091" not in reader.get(path).text
    assert "600000091" not in office.administrator.get("/v1/staff/history").text
    ends = today | {"staff_id": colleague.staff_id}
    refused = office.coordinator.post("/v1/staff/reach-ends", ends)
    assert refused.json()["code"] == "reach_of_another", refused.text
    office.administrator.step("/v1/staff/reach-ends", ends)
    assert colleague.found("/v1/me/reach")["channels"] == []
