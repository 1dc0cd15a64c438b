"""How a replayed history looks in a terminal: an entry a block, the eye led by its day and what changed.

Colours only on a terminal, and nothing is said by colour alone; elsewhere it is plain text.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from domain.message import Actor
from domain.values.calendar import CASABLANCA
from service.cli.options import out
from service.queries.history import Compared, HistoricEvent, History, Moment
from service.queries.replaying import Changed, as_told

PLAIN = 160
"""Columns where it is no terminal."""
LONGEST = 240
"""Signs of one value."""
ID = 36
SIDE = 4
DAY, WHO, QUIET, BAD = "bold", "cyan", "dim", "yellow"


@dataclass(frozen=True, slots=True, kw_only=False)
class Told:
    """What is shown: a history, or those of several streams together."""

    title: str
    histories: Sequence[History]
    posts: dict[UUID, str]
    moment: Moment
    by_day: bool


def show(page: RenderableType, *, paged: bool) -> None:
    """In a pager, where somebody sits in front of it; with colours there alone."""
    if not sys.stdout.isatty():
        plain = Console(width=PLAIN, no_color=True, highlight=False, force_terminal=False)
        with plain.capture() as said:
            plain.print(page)
        for line in said.get().splitlines():
            out.print(line.rstrip(), markup=False)
        return
    console = Console(highlight=False)
    if not paged:
        console.print(page)
        return
    os.environ.setdefault("LESS", "-FRX")
    with console.pager(styles=True):
        console.print(page)


def page(told: Told) -> RenderableType:
    return Group(*_parts(told))


def _parts(told: Told) -> Iterator[RenderableType]:
    entries = [(history.stream, each) for history in told.histories for each in history.events]
    entries.sort(key=_by_day if told.by_day else _as_entered)
    yield Rule(Text(told.title, style="bold"), align="left")
    yield Text(f"{len(entries)} entries{_of(told.moment)}", style=QUIET)
    several = len(told.histories) > 1
    for history in told.histories:
        yield Text(f"{history.stream}, version {history.version}", style=QUIET)
        if history.compared is not None:
            yield from _compared(history.compared, told.posts)
    command = None
    for stream, each in entries:
        yield Text()
        yield _headline(each, stream if several else "", goes_on=each.command_id == command)
        yield from (Padding(line, (0, 0, 0, SIDE)) for line in _about(each, told))
        command = each.command_id
    if not entries:
        yield Text("Nothing had happened by then.", style=QUIET)


def _as_entered(entry: tuple[str, HistoricEvent]) -> tuple[Any, ...]:
    return (entry[1].position,)


def _by_day(entry: tuple[str, HistoricEvent]) -> tuple[Any, ...]:
    return entry[1].occurred_on, entry[1].position


def _of(moment: Moment) -> str:
    said = [
        f"version {moment.version}" if moment.version else "",
        f"as of {moment.occurred_by}" if moment.occurred_by else "",
        f"as known on {_minute(moment.known_by)}" if moment.known_by else "",
        f"as known at position {moment.position}" if moment.position else "",
    ]
    told = ", ".join(each for each in said if each)
    return f" · {told}" if told else " · as known now"


def _headline(each: HistoricEvent, stream: str, *, goes_on: bool) -> Text:
    """Of one step that made several entries it is said once."""
    line = Text(f"{each.version:>4}  ", style=QUIET)
    line.append(f"{each.occurred_on:%d %b %Y}", style=DAY)
    line.append(f"  {each.step}", style="" if not goes_on else QUIET)
    line.append(f"  {each.name}", style=QUIET)
    if stream:
        line.append(f"  {_short(stream)}", style="magenta")
    if each.mended is not None:
        line.stylize("strike", len(line.plain) - len(line.plain.lstrip()))
    return line


def _about(each: HistoricEvent, told: Told) -> Iterator[RenderableType]:
    late = f", {each.days_late} days later" if each.days_late else ""
    made = Text(f"entered {_minute(each.recorded_at)}{late}, by ")
    made.append(_who(each.actor, told.posts), style=WHO)
    way = f" {_short(each.origin.id)}" if each.origin.id else ""
    made.append(f" ({each.made_by}, {each.origin.kind}{way})", style=QUIET)
    yield made
    yield Text(
        f"position {each.position}, rules {each.rules_version}, holidays {each.calendar_version},"
        f" event {each.event_id}",
        style=QUIET,
    )
    if each.origin.run:
        place = f" {each.run_address}" if each.run_address else ""
        yield Text(f"run {each.origin.run}{place}", style=QUIET, overflow="fold")
    if each.reason:
        yield Text(f"because: {each.reason}")
    if each.mends is not None:
        yield Text(f"stands in the place of entry {each.mends}", style=BAD)
    if each.mended is not None:
        yield Text(_mended(each), style=BAD)
    if each.masked:
        yield Text(f"not shown: {', '.join(each.masked)}", style=QUIET)
    yield _changes(each.changes or (), told.posts)


def _mended(each: HistoricEvent) -> str:
    if each.mended is None:
        return ""
    how = "corrected" if each.mended.corrected else "retracted"
    where = ", told of the wrong person" if each.mended.wrong_person else ""
    return f"{how} on {_minute(each.mended.at)} by entry {each.mended.by}{where}"


def _who(actor: Actor, posts: dict[UUID, str]) -> str:
    if actor.id not in posts:
        return "the system" if not actor.id.int else f"{actor.role} {_short(str(actor.id))}"
    return f"{posts[actor.id]}, {actor.role}{f' of {actor.centre}' if actor.centre else ''}"


def _changes(changes: Sequence[Changed], posts: dict[UUID, str]) -> RenderableType:
    if not changes:
        return Text("nothing that is seen here", style=QUIET)
    names = {str(who): post for who, post in posts.items()}
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for each in as_told(changes):
        path = " › ".join(map(_short, each.path))
        table.add_row(Text(path, style=QUIET), _turned(each, names))
    return table


def _turned(each: Changed, names: dict[str, str]) -> Text:
    was, becomes = (_value(value, names) for value in (each.was, each.becomes))
    if not was:
        return Text.assemble("+ ", (becomes, "green"))
    if not becomes:
        return Text.assemble("− ", (was, "red"))
    return Text.assemble((was, "red"), " → ", (becomes, "green"))


def _compared(compared: Compared, posts: dict[UUID, str]) -> Iterator[RenderableType]:
    yield Text()
    yield Text(f"What differs from version {compared.version}", style="bold")
    if compared.came:
        yield Text(f"counted now alone: entries {', '.join(map(str, compared.came))}")
    if compared.left:
        yield Text(f"counted then alone: entries {', '.join(map(str, compared.left))}")
    yield _changes(compared.changes, posts)
    if compared.more:
        yield Text(f"and {compared.more} more: compare moments that lie closer together")


def _value(value: Any, names: dict[str, str]) -> str:
    """`names`: of the staff, whose ids stand in what changed."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        said = ", ".join(_value(each, names) for each in value)
    elif isinstance(value, dict):
        said = ", ".join(f"{name}: {_value(each, names)}" for name, each in value.items())
    else:
        said = names.get(str(value), str(value))
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def _short(name: str) -> str:
    """An id by its first digits, as long as it is told apart by eye."""
    kind, slash, rest = name.rpartition("/")
    return f"{kind}{slash}{rest[:8] if len(rest) == ID else rest}"


def _minute(at: datetime | None) -> str:
    """In Morocco."""
    return f"{at.astimezone(CASABLANCA):%Y-%m-%d %H:%M}" if at else ""
