"""What became of a case's reminders: what still runs first, soonest due; then what is over, the latest first."""

from datetime import date

from starlette.responses import Response

from domain.message import StreamKind
from service.console.choices.about import about_of
from service.console.pages.known import known
from service.console.showing.gaps import missing_of
from service.console.showing.reminder_lives import LifeLine, life_line
from service.console.visit import Signed
from service.queries.cases import CaseAnswer
from service.queries.reminder_lives import get_case_reminders


async def reminder_lives_page(visit: Signed) -> Response:
    """Raises `NotFound`, and what forbids the case."""
    case_id = visit.id_of("case_id")
    about = await about_of(visit, StreamKind.CASE, case_id)
    found = await visit.ask(get_case_reminders, case_id)
    names = await known(visit)
    lines = [life_line(each, names, visit.language) for each in found.lives]
    running = [each for each in lines if not each.is_over]
    over = [each for each in lines if each.is_over]
    return visit.page(
        "reminder_lives.html",
        case=about.answer,
        about=about,
        running=sorted(running, key=_due),
        over=sorted(over, key=_due, reverse=True),
        faults=found.faults,
        missing=_missing(visit, about.answer),
    )


def _missing(visit: Signed, case: CaseAnswer) -> object:
    """Why none can be read, of an erased person and while their key is lost."""
    if case.erased_on is None and not case.key_lost:
        return None
    role, on = visit.actor.role, case.erased_on
    return missing_of(CaseAnswer, "name_ar", role, erased_on=on, key_lost=case.key_lost)


def _due(line: LifeLine) -> date:
    return line.due_on or date.min
