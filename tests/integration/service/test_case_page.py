"""What a case's page shows of its parts, and what stands on a page of its own behind it."""

from collections.abc import Iterator

import pytest

from service.console.pages.custody import OPERATION
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_request_log import asker, line_of
from tests.support.browsing import Browsing, at_a_browser

SAID = words(Language.ENGLISH)


@pytest.fixture(scope="module")
def delivered(office: Office) -> Story:
    story = Story(office)
    story.was_delivered()
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture
def caseworker(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.caseworker) as browsing:
        yield browsing


def test_a_case_tells_of_its_papers_and_calls_its_agreement_by_name(
    delivered: Story, caseworker: Browsing
) -> None:
    page = caseworker.browser.get(f"/cases/{delivered.ids['case']}").text
    card = page.partition('id="card-papers"')[2].partition("</details>")[0]
    assert SAID.page["papers_awaited"] in card
    assert SAID.code["PaperKind"]["delivery_slip"] in card
    assert SAID.step["confirm-delivery"] in card, "the step that leaves it"
    assert f"/cases/{delivered.ids['case']}/papers" in card
    agreement = caseworker.found(f"/v1/agreements/{delivered.ids['agreement']}")
    link = page.partition(f'href="/agreements/{delivered.ids["agreement"]}"')[2]
    assert agreement["signed_at"] in link.partition("</a>")[0]


def test_custody_is_a_page_of_its_own_and_its_opening_is_in_the_log(
    delivered: Story, caseworker: Browsing
) -> None:
    address = f"/cases/{delivered.ids['case']}/custody"
    page = caseworker.browser.get(f"/cases/{delivered.ids['case']}").text
    card = page.partition('id="card-custody"')[2].partition("</details>")[0]
    assert f'href="{address}"' in card
    assert "<time" not in card, "nothing judicial stands on the case's own page"
    opened = caseworker.browser.get(address)
    (code,) = {each["place"] for each in caseworker.found(delivered.case)["custody"]["episodes"]}
    prison = caseworker.found(f"/v1/registry/prison/{code}")
    assert prison["name_fr"] in opened.text, "by its name, and not by its code"
    assert code not in opened.text
    line = line_of(delivered.office, opened)
    assert (line["operation"], line["on"]) == (OPERATION, [delivered.ids["case"]])
    assert asker(line)["staff"] == caseworker.staff_id


def test_who_may_not_know_of_custody_is_told_so(delivered: Story, office: Office) -> None:
    with at_a_browser(office.system, office.division) as division:
        page = division.browser.get(f"/cases/{delivered.ids['case']}/custody").text
        case = division.browser.get(f"/cases/{delivered.ids['case']}").text
    assert SAID.page["gap_not_shown"] in page
    assert SAID.code["EpisodeKind"]["sentence"] not in page
    assert "/custody" not in case
