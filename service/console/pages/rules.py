"""The versions of the rules: which is in force, how many cases go by each, what two say differently."""

from starlette.responses import Response

from projections.views.caseload import Filters
from service.access.table import QUERIES
from service.console.showing.links import new
from service.console.showing.rules import rule_lines
from service.console.visit import Signed
from service.queries.rules import count_cases_by_rules, get_rules, list_rules

PATH = "/rules"


async def rules_page(visit: Signed) -> Response:
    """The last set beside the one it was made from, unless two others are asked for."""
    query = visit.request.query_params
    versions = (await visit.ask(list_rules)).versions
    after = query.get("after") or versions[-1].version
    found = await visit.ask(get_rules, after, query.get("before") or None)
    running = None
    if visit.actor.role in QUERIES["count-cases-by-rules"].who:
        running = (await visit.ask(count_cases_by_rules, Filters())).running
    return visit.page(
        "rules.html",
        versions=versions,
        running=running,
        before=found.compared_with or found.version,
        after=found.version,
        lines=list(rule_lines(found.differences, visit.language)),
        steps=new(("add-rules",), visit.steps, visit.language),
    )
