"""Pages in the states that nobody thinks of first: of people and cases that are otherwise than most,
and as read by those who may not read it all.
"""

import pytest

from domain.commands import HANDLINGS, STEPS
from domain.message import StreamKind
from service.console.forms.layouts import LAYOUTS
from service.words.language import Language
from tests.browser.conftest import LONG_ARABIC, LONG_LATIN, House, Windows
from tests.browser.odd import Odd, odd_cases
from tests.browser.test_hard_use import in_each_language, require_bearing, watched
from tests.browser.test_pages import PAGES, WIDTHS, nobody, widest, width_of

pytestmark = [pytest.mark.timeout(600), pytest.mark.rare]

ODD = (
    *("minor", "without a Latin name", "without an Arabic name", "with nothing but a name"),
    *("without a track", "erased", "paused", "with names of sixty letters", "followed up"),
)
PLACES = (
    *("/cases/{0.case}", "/cases/{0.case}/history", "/cases/{0.case}/history?view=all"),
    *("/cases/{0.case}/papers", "/cases/{0.case}/papers-out", "/beneficiaries/{0.person}"),
)
NAMES = ("المثال", "lmithal", LONG_ARABIC, LONG_LATIN)
"""Of whoever is registered in the house."""
WITHOUT_NAMES = ("division", "elsewhere", "administrator")
"""Who reads nobody's name in this house."""
REFUSED = "status of 4"
"""What a browser says of a page that tells why not."""


@pytest.fixture(scope="module")
def odd(house: House) -> dict[str, Odd]:
    found = odd_cases(house)
    assert found.keys() == set(ODD)
    return found


@in_each_language
@pytest.mark.parametrize("name", ODD)
def test_a_case_that_is_otherwise_has_its_pages(
    windows: Windows, house: House, odd: dict[str, Odd], name: str, language: Language
) -> None:
    page = windows.of(house.office.coordinator, language)
    for place in PLACES:
        require_bearing(page, place.format(odd[name]), windows.system.url)


FORMS = [step for step in LAYOUTS if HANDLINGS[STEPS[step]].kind is StreamKind.CASE]


@pytest.mark.parametrize("name", ODD)
def test_every_form_of_a_case_that_is_otherwise_asks_or_says_why_not(
    windows: Windows, house: House, odd: dict[str, Odd], name: str
) -> None:
    people = (house.office.caseworker, house.office.coordinator)
    for step in FORMS:
        for person in people[: 1 if step.startswith("record") else 2]:
            page = windows.of(person, Language.ARABIC)
            with watched(page, windows.system.url) as said:
                answer = page.goto(f"/cases/{odd[name].case}/steps/{step}")
                assert answer is not None
                assert answer.status in (200, 403, 404, 409, 410), (step, answer.status)
                assert page.locator("h1").count() == 1, step
                assert "undefined" not in page.content().lower(), step
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 740})
                    assert width_of(page) <= width, (step, widest(page))
            assert [each for each in said if REFUSED not in each] == [], step


@pytest.mark.parametrize("role", [*WITHOUT_NAMES, "auditor"])
@pytest.mark.parametrize("name", [name for name, (who, _) in PAGES.items() if who is not nobody])
def test_a_page_as_those_see_it_who_may_not_read_it_all(
    windows: Windows, house: House, name: str, role: str
) -> None:
    page = windows.of(getattr(house.office, role), Language.ARABIC)
    address = PAGES[name][1](house)
    require_bearing(page, address, windows.system.url)
    page.goto(address)
    if role in WITHOUT_NAMES and name != "gallery":  # which shows somebody invented
        source = page.content() + page.title() + page.url
        assert [each for each in NAMES if each in source] == []
