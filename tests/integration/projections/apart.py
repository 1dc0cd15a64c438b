"""A program that rebuilds views as the command does: by processes forked before all is opened.

Its arguments: how many processes, what befalls it, where ledger, keys and views are.

Says what it comes to in one line: how many folded beside it, and the position or the code.
"""

import signal
import sys
import time
from collections.abc import Callable
from typing import Never

import psutil

from domain.errors import JisrError
from projections import rows
from projections.deriving import Appended
from projections.rebuilding import rebuild as rebuilding
from projections.views.timeline import timeline
from service.running.hands import forked
from tests.integration.projections.conftest import Place
from tests.integration.projections.programme import CALENDAR

NAME = "Salma"
"""What an exception's message quotes, and no log may."""


def hands() -> list[psutil.Process]:
    return psutil.Process().children()


def say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 (a program of the tests)


def nothing(_done: int, _of: int) -> None:
    """All goes well."""


def a_hand_is_killed(_done: int, _of: int) -> None:
    hands()[-1].kill()


def it_stands_still(_done: int, _of: int) -> None:
    say(*(each.pid for each in hands()))
    time.sleep(60)


def an_event_cannot_be_folded(_done: int, _of: int) -> None:
    """Which is so from the beginning."""


BEFALLS: dict[str, Callable[[int, int], None]] = {
    each.__name__: each
    for each in (nothing, a_hand_is_killed, it_stands_still, an_event_cannot_be_folded)
}


def _stumble(_recorded: object, _folds: object) -> Never:
    raise ValueError(NAME)


def main(processes: int, befalls: Callable[[int, int], None], place: Place) -> int:
    rebuilding.RANGE = 10  # so that a small ledger has many
    if befalls is an_event_cannot_be_folded:
        vars(rows)["APPENDED"] = (Appended(timeline, _stumble),)
    with forked(processes, place.ledger_open, "hand") as folding:
        beside = len(hands())
        with place.ledger_open() as ledger, place.views_open() as views:
            try:
                came_to = rebuilding.rebuild(ledger, views, CALENDAR, befalls, folding)
            except JisrError as error:
                say(beside, error.code)
                return 1
            say(beside, came_to)
    return len(hands())


def run() -> Never:
    signal.alarm(60)
    many, befalls, *where = sys.argv[1:]
    sys.exit(main(int(many), BEFALLS[befalls], Place(*where)))
