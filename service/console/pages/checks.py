"""The auditor's checks: what each found, up to which entry it looked, and what operators did."""

from dataclasses import dataclass

from starlette.responses import Response

from domain.upkeep.vocabulary import Act, Fact
from service.console.pages.known import known
from service.console.visit import Signed
from service.queries.checks import CheckRun, KeyUsedOnce, list_checks
from service.queries.upkeep import OperatorAct
from service.words import writing
from service.words.language import Language
from service.words.store import words

PATH = "/checks"


@dataclass(frozen=True, slots=True)
class ActLine:
    """What an operator did, as a page shows it."""

    what: str
    at: str
    account: str
    position: int
    facts: tuple[tuple[str, str], ...]


async def checks_page(visit: Signed) -> Response:
    found, names = await visit.ask(list_checks), await known(visit)
    language = visit.language
    return visit.page(
        "checks.html",
        found=found,
        behind=found.head - found.position,
        standing=sorted(found.standing, key=lambda each: -each.open),
        keys=[
            (each, names.staff.get(each.staff_id), _step(each, language))
            for each in found.keys_used_once
        ],
        runs=[(each, _when(each, language)) for each in found.runs],
        acts=[_line(each, language) for each in found.acts],
    )


def _step(each: KeyUsedOnce, language: Language) -> str:
    return words(language).step.get(each.step, each.step)


def _when(run: CheckRun, language: Language) -> str:
    return writing.moment(run.ran_at, language)


def _line(act: OperatorAct, language: Language) -> ActLine:
    """By its words; one of a later release by its code."""
    said = words(language).code
    named = said[Fact.__name__]
    return ActLine(
        what=said[Act.__name__].get(act.act, act.act),
        at=writing.moment(act.recorded_at, language),
        account=act.account,
        position=act.position,
        facts=tuple((named.get(name, name), value) for name, value in act.facts.items()),
    )
