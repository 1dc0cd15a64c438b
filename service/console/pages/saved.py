"""The lists that somebody saved: beside the page's own filters, each by a name made of its codes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from domain.staff.roles import BOUND_TO_A_CENTRE
from service.console.showing.filters import MINE, named
from service.console.showing.list_rows import Known
from service.console.visit import Signed
from service.identity.sign_ins.saved import SavedList
from service.words.store import words

PATH = "/saved-lists"


@dataclass(frozen=True, slots=True)
class Line:
    """One, as the page has it."""

    text: str
    href: str
    current: bool
    forget: str
    """Where it is forgotten; empty for a colleague's."""
    shared: bool
    by: str
    """Whose it is, of a colleague's."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands on a page of them."""

    page: str
    asked: Mapping[str, str]
    """What the page shows now."""
    lines: list[Line]
    may_share: bool

    @property
    def is_new(self) -> bool:
        """Whether what is shown can be saved: it is something, and is not yet."""
        return len(self.asked) > 1 and not any(each.current for each in self.lines)


async def saved_on(
    visit: Signed, page: str, path: str, asked: Mapping[str, str], known: Known
) -> Saved:
    """Those of a page, which is at `path`."""
    own = visit.actor.centre if visit.actor.role in BOUND_TO_A_CENTRE else None
    staff = (await visit.application.staff()).staff if own else {}
    colleagues = [
        who for who, each in staff.items() if each.actor.centre == own and each.left_on is None
    ]
    found = await asyncio.to_thread(visit.sign_ins.saved.of, visit.actor.id, page, own, colleagues)
    lines = [_line(visit, path, each, asked, known) for each in found]
    return Saved(page, asked, lines, own is not None)


def _line(visit: Signed, path: str, it: SavedList, shown: Mapping[str, str], known: Known) -> Line:
    said, own = words(visit.language).page, it.author == visit.actor.id
    codes = {name: value for name, value in it.asked.items() if name != "whose"}
    texts = [named(name, value, known, visit.language) for name, value in codes.items()]
    if visit.actor.role in BOUND_TO_A_CENTRE:
        texts.insert(0, said["tasks_mine" if it.asked["whose"] == MINE else "tasks_of_centre"])
    by = known.staff.get(it.author)
    return Line(
        text=" · ".join(texts),
        href=f"{path}?{urlencode(it.asked)}",
        current=it.asked == shown,
        forget=f"{PATH}/{it.id}" if own else "",
        shared=it.shared,
        by=by if isinstance(by, str) and not own else "",
    )
