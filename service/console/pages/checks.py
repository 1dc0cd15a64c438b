"""The auditor's checks: what each found, up to which entry it looked, and what operators did."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from domain.errors import Refused
from domain.message import StreamKind, stream_id
from domain.upkeep.vocabulary import WELL, Act, Fact
from projections.views.findings import CheckCount
from service.console.pages.above import above
from service.console.pages.replay import PATH as REPLAY
from service.console.visit import Signed
from service.queries.checks import CheckRun, DifferenceFound, list_checks
from service.queries.upkeep import OperatorAct
from service.running.auditing.recorded import EXTRA, MISSING, WORKFLOW
from service.running.checking import KINDS, Checking
from service.words import writing
from service.words.language import Language
from service.words.store import words

PATH = "/checks"
MOMENTS = frozenset({Fact.MADE_AT, Fact.ENDED_AT})


@dataclass(frozen=True, slots=True)
class ActLine:
    """What an operator did, as a page shows it."""

    what: str
    at: str
    account: str
    position: int
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A workflow or a row that is not as the ledger has it; a case's leads to its history."""

    what: str
    of: str
    codes: str
    """Which list and columns, or versions: for whoever mends it."""
    position: int
    href: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """A check that goes through everything: its last run, if there was one."""

    kind: str
    running: bool
    last: CheckRun | None
    at: str
    differs: tuple[DifferenceLine, ...] = ()

    @property
    def is_well(self) -> bool:
        return self.last is not None and self.last.result in WELL


async def checks_page(visit: Signed) -> Response:
    found = await visit.ask(list_checks)
    language, running = visit.language, await _running(visit)
    last = {each.kind: each for each in found.runs}
    kinds = [*KINDS, *(each for each in last if each not in KINDS)]
    return visit.page(
        "checks.html",
        first=await above(visit),
        found=found,
        behind=found.head - found.position,
        standing=sorted(filter(_found_any, found.standing), key=lambda each: -each.open),
        clean=[each for each in found.standing if not _found_any(each)],
        runs=[_run(kind, last.get(kind), kind in running, language) for kind in kinds],
        begun=KINDS if _checking(visit) else (),
        acts=[_act(each, language) for each in found.acts],
    )


async def run_check(visit: Signed) -> Response:
    """Have one run now; what it comes to stands on the page once it has ended."""
    await visit.ask(list_checks)  # whoever may not read them may not have them run
    checking, kind = _checking(visit), (await visit.form()).get("kind", "")
    if checking is None or kind not in KINDS:
        raise Refused("filter_unknown")
    await checking.start(kind)
    return visit.redirect(PATH)


def _checking(visit: Signed) -> Checking | None:
    found: Checking | None = visit.request.app.state.checking
    return found


async def _running(visit: Signed) -> tuple[str, ...]:
    checking = _checking(visit)
    return () if checking is None else await checking.running()


def _found_any(each: CheckCount) -> bool:
    return bool(each.open or each.dismissed or each.settled)


def _run(kind: str, last: CheckRun | None, running: bool, language: Language) -> RunLine:  # noqa: FBT001 (one row's four cells)
    if last is None:
        return RunLine(kind, running, None, "")
    differs = tuple(_differs(each, language) for each in last.differences)
    return RunLine(kind, running, last, writing.moment(last.ran_at, language), differs)


def _differs(each: DifferenceFound, language: Language) -> DifferenceLine:
    """Of a case by its id's first digits, as elsewhere."""
    said, name = words(language).page, each.of.rpartition("/")[2]
    is_case = each.of == stream_id(StreamKind.CASE, name)
    head, _, rest = each.result.partition(": ")
    if each.kind == WORKFLOW:
        what, codes = said.get(f"differs_{head}", head), rest
    elif each.result in (MISSING, EXTRA):
        what, codes = said[f"differs_row_{each.result}"], each.kind
    else:
        what, codes = said["differs_row"], f"{each.kind}: {each.result}"
    return DifferenceLine(
        what=what,
        of=name[:8] if is_case else each.of,
        codes=codes,
        position=each.position,
        href=f"{REPLAY}/{each.of}" if is_case else "",
    )


def _act(act: OperatorAct, language: Language) -> ActLine:
    """By its words; one of a later release by its code."""
    said = words(language).code
    named = said[Fact.__name__]
    return ActLine(
        what=said[Act.__name__].get(act.act, act.act),
        at=writing.moment(act.recorded_at, language),
        account=act.account,
        position=act.position,
        facts=tuple(
            (named.get(name, name), _in_words(name, value, language))
            for name, value in act.facts.items()
        ),
    )


def _in_words(name: str, value: str, language: Language) -> str:
    """A moment as a clock shows it here; all else as it stands."""
    if name not in MOMENTS:
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return writing.moment(at, language) if at.tzinfo else value
