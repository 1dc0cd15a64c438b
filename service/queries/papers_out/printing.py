"""What every paper says of its printing: as of which entry, when, by whom."""

from collections.abc import Iterable
from typing import Any, cast

from domain.errors import Refused
from domain.registry.state import REGISTRY, RegistryState
from service.access.reader import Reading
from service.problems.problem import Rejected
from service.queries.papers_out.sheets import Paper, Printout, Sheet

MOST_SHEETS = 200
"""In one go: twice the largest ceremony there was."""


def position_of(reading: Reading) -> int:
    """The entry as of which a paper is read: asked for before anything else is."""
    return min(reading.ledger.head(), reading.views.position())


def printout(reading: Reading, paper: Paper, position: int, sheets: Iterable[Sheet]) -> Printout:
    """Raises `Refused("nothing_to_print")`, and `Rejected("too_much_to_print")`."""
    told = tuple(sheets)
    if not told:
        raise Refused("nothing_to_print")
    require_printable(len(told))
    actor = reading.reader.actor
    colleague = reading.directory.staff().staff.get(actor.id)
    registry = cast("RegistryState", reading.ledger.state(REGISTRY))
    house = registry.centres.get(actor.centre or "")
    return Printout(
        paper=paper,
        position=position,
        printed_at=reading.clock(),
        printed_by=colleague.label if colleague else None,
        centre_code=house.code if house else None,
        sheets=cast("tuple[Any, ...]", told),  # pydantic looks which
    )


def require_printable(sheets: int) -> None:
    """Raises `Rejected("too_much_to_print")` for more sheets than are printed in one go."""
    if sheets > MOST_SHEETS:
        raise Rejected("too_much_to_print", sheets=MOST_SHEETS)
