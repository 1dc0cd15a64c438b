"""Every rule has its words, and what two versions say differently is told in them."""

import json
from typing import Any

import pytest

from domain.example.rules import add_rules
from domain.registry.rules.state import CAME_WITH_JISR, KnownRules
from domain.rules.shape import Rules
from domain.rules.terms import differences, rules_by, terms_of
from service.console.showing.rules import RuleLine, rule_lines
from service.queries.rules import RuleDiffers
from service.words.language import Language
from service.words.store import words

CHANGES: dict[str, Any] = {
    "plan_days": 20,
    "visit_months": [1, 2, 4, 6, 8, 10, 12, 18, 24],
    "new_study_share": "0.25",
    "ceilings": {
        "indh_income": {
            "person": {"share": "0.50", "amount": "90000.00", "own_part_in_kind": "0.50"}
        }
    },
    "school_year_begins": [9, 8],
    "bodies": {"indh_income": "commission"},
    "remand_interval": {"remaining_up_to": None, "earliest_months": 1, "latest_months": 2},
}


def lines(language: Language) -> dict[str, RuleLine]:
    before = CAME_WITH_JISR["v1"]
    terms = terms_of("v2", before.terms, "v1", json.dumps(CHANGES))
    found = differences(before.rules, rules_by("v2", terms))
    apart = (RuleDiffers(rule=rule, before=old, after=new) for rule, old, new in found)
    return {each.name: each for each in rule_lines(apart, language)}


@pytest.mark.parametrize("language", Language)
def test_every_rule_has_words(language: Language) -> None:
    said = words(language).page
    assert all(f"rule_{name}" in said for name in Rules.model_fields if name != "version")
    for name, line in lines(language).items():
        assert "_" not in name
        assert not any("_" in each for each in (*line.before, *line.after))


def test_each_number_stands_by_itself_in_the_readers_words() -> None:
    said = lines(Language.ENGLISH)
    assert said["Plan, days"] == RuleLine("Plan, days", ("30",), ("20",))
    assert said["Visits, months after the handover"].after[:3] == ("1", "2", "4")
    assert said["New study once the cost moves by"].after == ("25\u00a0%",)
    assert said["School year begins"].after == ("8 September",)
    ceiling = said["Ceiling, INDH, income improvement, A person, at most"]
    assert ceiling.after == ("MAD\u00a090,000",)


def test_a_version_knows_from_which_it_was_made() -> None:
    known = KnownRules("v2", add_rules().since, None, "v1", "Decided.")
    assert (known.base, known.explanation) == ("v1", "Decided.")
