"""Numbers that are used once: of cheques, and of things. Inside a project a second use is refused.

In two projects it is recorded, and is a finding: which of the two is wrong cannot be known.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from domain.errors import Refused
from domain.folds.use import Use, use
from domain.message import Envelope
from domain.project.events import HandedItem, PaidInstalment
from domain.values.findings import same_mark

if TYPE_CHECKING:
    from domain.project.state import ProjectState


Uses = Mapping[str, Use]
"""By what is left of a number however it is typed (`same_mark`)."""


def used(before: Uses, numbers: Iterable[str], envelope: Envelope) -> Uses:
    """With these numbers too; of one that was used before, the first use stays."""
    found = marks(numbers)
    return {**dict.fromkeys(found, use(envelope)), **before} if found else before


def marks(numbers: Iterable[str]) -> tuple[str, ...]:
    """What is left of each; nothing of one without letter or digit."""
    return tuple(filter(None, map(same_mark, numbers)))


def serials_of(items: Iterable[HandedItem]) -> list[str]:
    return [serial for item in items for serial in item.serials]


def cheques_of(parts: Iterable[PaidInstalment]) -> list[str]:
    return [part.cheque for part in parts]


def require_unused(
    project: "ProjectState", items: Iterable[HandedItem], cash: Iterable[PaidInstalment]
) -> None:
    """Raises `Refused` for a serial or a cheque that the project has already, or gets twice now."""
    _require_new(serials_of(items), project.serials, "serial_already_used")
    _require_new(cheques_of(cash), project.cheques, "cheque_already_used")


def _require_new(numbers: Iterable[str], before: Uses, code: str) -> None:
    seen = set(before)
    for mark in marks(numbers):
        if mark in seen:
            raise Refused(code)
        seen.add(mark)
