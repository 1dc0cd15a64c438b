"""The whole history of a case: as a story, a line a step; or every entry by itself, as recorded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from starlette.responses import Response

from domain.errors import Refused
from domain.message import OriginKind, StreamKind, kind_of, made_by
from service.access.table import QUERIES
from service.console.pages.case import Seen, seen
from service.console.showing.gaps import Missing
from service.console.showing.offers import offers
from service.console.showing.story import Line, told
from service.console.visit import Signed
from service.words import writing
from service.words.language import Language
from service.words.store import words

STORY, ALL = "story", "all"
PAGE = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, as it was recorded."""

    line: Line
    position: int
    recorded: str
    who: str | Missing
    about: str
    """Which record it stands in, of the words of pages."""
    made_by: str
    """Whether a person or the system made it."""


async def history_page(visit: Signed) -> Response:
    it, query = await seen(visit), visit.request.query_params
    view, start = query.get("view") or STORY, query.get("from") or "0"
    if view not in (STORY, ALL) or not (start.isascii() and start.isdigit()):
        raise Refused("filter_unknown")
    first = int(start)
    lines: list[Line | Entry] = []
    lines += _story(it, visit.language) if view == STORY else _all(it, visit.language)
    path = f"/cases/{it.case.case_id}/history"
    return visit.page(
        "history.html",
        case=it.case,
        view=view,
        may_prove=visit.actor.role in QUERIES["get-event-proof"].who,
        views=[(name, f"{path}?view={name}") for name in (STORY, ALL)],
        path=f"{path}?view={view}",
        lines=[
            (line, offers(_line(line).entry, it.links, visit.language))
            for line in lines[first : first + PAGE]
        ],
        earlier=f"{path}?view={view}&from={max(first - PAGE, 0)}" if first else "",
        later=f"{path}?view={view}&from={first + PAGE}" if len(lines) > first + PAGE else "",
    )


def _line(line: Line | Entry) -> Line:
    return line if isinstance(line, Line) else line.line


def _story(it: Seen, language: Language) -> Iterator[Line]:
    """By the day that things happened, the latest first; of one day the last recorded first."""
    lines = list(told(it.entries, it.names, language))
    yield from sorted(lines, key=lambda line: line.on, reverse=True)


def _all(it: Seen, language: Language) -> Iterator[Entry]:
    """By the order in which they were recorded, the latest first."""
    for each in reversed(it.entries):
        timer = each.origin is OriginKind.TIMER
        (line,) = told(
            [each.model_copy(update={"stream": _told_as(each.stream)})], it.names, language
        )
        yield Entry(
            replace(line, recorded=""),
            each.position,
            writing.moment(each.recorded_at, language),
            words(language).of(each.actor_role) if timer else line.who,
            f"record_of_{kind_of(each.stream)}",
            words(language).of(made_by(each.actor_role, each.origin)),
        )


def _told_as(stream: str) -> str:
    """What a project recorded of a step is a line too, where every entry is one."""
    kind = kind_of(stream)
    return (
        stream if kind is not StreamKind.PROJECT else stream.replace(kind, StreamKind.BENEFICIARY)
    )
