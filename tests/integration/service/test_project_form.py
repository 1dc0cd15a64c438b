"""A project by its form: sums that do not agree, an amount over a ceiling, then as it is right."""

from collections.abc import Iterator

import pytest

from domain.commands import STEPS
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Browsing, Page, at_a_browser
from tests.support.filled import typed_for

SAID = words(Language.ENGLISH).page
LESS = SAID["plan_parts_too_little"].partition("{amount}")[2].partition("{price}")[0]


@pytest.fixture
def planned(office: Office) -> Story:
    story = Story(office)
    with story.beforehand():
        story.open()
        story.walk(story.steps(), until="propose-project")
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture
def caseworker(office: Office) -> Iterator[Browsing]:
    with at_a_browser(office.system, office.caseworker) as browsing:
        yield browsing


def sent(person: Browsing, page: Page, go: str, **more: str) -> tuple[int, str]:
    fields = {name.replace("__", "."): text for name, text in more.items()}
    answer = person.browser.post(page.action, data=page.sent() | fields | {"go": go})
    return answer.status_code, answer.text


def at_the_plan(person: Browsing, story: Story, step: str) -> Page:
    """The page of the plan of finance, with what comes before it typed."""
    typed = dict(typed_for(step, story.way.step(STEPS[step])))
    page = Page(person.browser.get(f"/cases/{story.ids['case']}/steps/{step}").text)
    shown = {name for name, each in page.controls.items() if each.kind != "hidden"}
    before = {name: text for name, text in typed.items() if name in shown}
    status, text = sent(person, page, "send", **before)
    assert status == 200, text
    return Page(text)


def test_a_plan_is_worked_out_put_right_and_recorded(planned: Story, caseworker: Browsing) -> None:
    page = at_the_plan(caseworker, planned, "propose-project")
    page = Page(sent(caseworker, page, "find:payers", items__payers__indh_income="on")[1])
    assert "items.1.sources.indh_income.amount" in page.controls
    parts = {
        "items__0__label": "sewing machine",
        "items__0__estimated": "10 000",
        "items__0__own_cash": "3000",
        "items__0__sources__indh_income__amount": "6500",
    }
    status, text = sent(caseworker, page, "find:sums", **parts)
    assert status == 200
    assert LESS in text
    page = Page(text)
    status, text = sent(caseworker, page, "send")
    assert status == 422, "it goes no further while the parts do not come to the price"
    assert 'href="#items.0.estimated"' in text
    page = Page(text)
    status, text = sent(
        caseworker, page, "find:sums", items__0__sources__indh_income__amount="7000"
    )
    assert LESS not in text
    assert SAID["plan_ceiling_over"] in text, "said before anything is sent"
    assert "6,000" in text
    page = Page(text)
    right = {
        "items__0__own_cash": "4000",
        "items__0__sources__indh_income__amount": "6000",
    }
    status, text = sent(caseworker, page, "send", **right)
    status, text = sent(caseworker, Page(text), "send", premises="family")
    assert status == 200, text
    assert SAID["check_title"] in text
    assert SAID["plan_ceiling_over"] not in text
    status, text = sent(caseworker, Page(text), "record")
    assert status == 200
    case = caseworker.found(planned.case)
    assert case["tracks"][0]["project"]["estimated"] == "10000.00"
    assert case["tracks"][0]["project"]["own_contribution"] == "4000.00"


def test_a_revision_begins_with_what_stands_and_says_what_was(
    planned: Story, caseworker: Browsing
) -> None:
    planned.on("propose-project")
    page = at_the_plan(caseworker, planned, "revise-project")
    stands = planned.way.step(STEPS["propose-project"])
    kept = page.sent()
    labels = [each.label for each in stands.items]  # type: ignore[attr-defined]
    assert [kept[f"items.{row}.label"] for row in range(len(labels))] == labels
    assert kept["premises"] == "family"
    changed = {"items__0__label": "another machine"}
    status, text = sent(caseworker, page, "find:sums", **changed)
    assert status == 200
    assert f"{SAID['plan_was']} <bdi>{labels[0]}</bdi>" in text
