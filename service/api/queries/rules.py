"""The versions of the rules."""

from typing import Annotated

from fastapi import FastAPI, Path, Query
from pydantic import Field
from starlette.responses import Response

from projections.views.caseload import Filters
from service.api.asking import Asker, add_query
from service.api.parameter_kinds import Parameters, Text
from service.api.parameters import AtLeast
from service.queries import rules

TAG = "office"
Version = Annotated[str, Path(max_length=30, examples=["v1"])]


class RulesParameters(Parameters):
    compared_with: Annotated[Text | None, Field(max_length=30, examples=["v1"])] = None
    """Another version, in the place of the one it was made from."""


async def list_rules(asker: Asker) -> Response:
    """The versions of the rules, since when new cases take each, and which is in force today."""
    return await asker.answer(rules.list_rules)


async def get_rules(
    asker: Asker, version: Version, given: Annotated[RulesParameters, Query()]
) -> Response:
    """All that a version says, and what it says otherwise than the one it was made from."""
    return await asker.answer(rules.get_rules, version, given.compared_with)


async def count_cases_by_rules(asker: Asker, given: AtLeast) -> Response:
    """How many cases that are not closed go by each version of the rules."""
    await asker.caught_up(given.at_least)
    return await asker.answer(rules.count_cases_by_rules, Filters())


def add_rules_queries(app: FastAPI) -> None:
    add_query(app, "list-rules", "/v1/rules", TAG, list_rules, rules.RulesList)
    path = "/v1/rules/cases"
    add_query(app, "count-cases-by-rules", path, TAG, count_cases_by_rules, rules.CasesByRules)
    add_query(app, "get-rules", "/v1/rules/{version}", TAG, get_rules, rules.RulesAnswer)
