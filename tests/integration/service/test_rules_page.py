"""The versions of the rules on a page and over the API: in words, and by the reader's own cases."""

import os
from pathlib import Path

from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import at_a_browser


def test_versions_are_told_apart_in_the_readers_words_and_counted_by_their_own_cases(
    office: Office,
) -> None:
    story = Story(office)
    story.open()
    version = f"v2-{os.getpid()}"
    added = EXAMPLES["add-rules"] | {"version": version, "changes": '{"plan_days": 20}'}
    position = office.administrator.step("/v1/rules", added)["position"]
    found = office.elsewhere.found(f"/v1/rules/{version}")
    assert found["differences"] == [{"rule": "plan_days", "before": 30, "after": 20}]
    assert (found["compared_with"], found["in_force"]) == ("v1", False)
    assert office.caseworker.get("/v1/rules/v404").json()["code"] == "rules_unknown"
    asked = {"at_least": position}
    assert office.coordinator.found("/v1/rules/cases", **asked)["running"]["v1"] > 0
    pages = {}
    for language, says in (("ar", "مشروع الحياة"), ("fr", "Projet de vie"), ("en", "Plan, days")):
        with at_a_browser(office.system, office.coordinator, language) as reader:
            pages[language] = reader.browser.get("/rules", params={"after": version}).text
            assert says in pages[language]
            assert "plan_days" not in pages[language]
            assert reader.browser.get("/rules", params={"after": "v404"}).status_code < 500
    if folder := os.environ.get("JISR_KEEP_PAGES"):
        for language, page in pages.items():
            Path(folder, f"rules-{language}.html").write_text(page, "utf-8")
