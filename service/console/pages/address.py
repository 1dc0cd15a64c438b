"""Where a form stands: which step it is of, on what it is taken, and what of it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from domain.commands import HANDLINGS, STEPS
from domain.errors import NotFound
from domain.message import StreamKind
from service.api.steps.routes import COLLECTIONS
from service.console.choices.asking import as_id
from service.console.forms.layouts import LAYOUTS

KINDS: Mapping[str, StreamKind] = {
    collection: StreamKind(kind) for kind, (collection, _) in COLLECTIONS.items()
}
"""Collection in the address → the kind of what a step there is taken on."""


class At(StrEnum):
    """What a form shows, as its address says it."""

    ASKED = "asked"
    """One of its pages."""
    MISTAKES = "mistakes"
    """The page, with what must be corrected."""
    CHECK = "check"
    """All answers once more."""
    MOVED = "moved"
    """What came in meanwhile."""
    REFUSED = "refused"
    """The page, with why nothing was recorded."""
    UNKNOWN = "unknown"
    """That nobody knows yet whether it was recorded."""
    KEY = "key"
    """The access key that was issued."""
    KEPT = "kept"
    """The page, with that nothing is recorded yet: what was sent could not be taken then."""


def address_of(
    path: str, key: str, *, at: str = At.ASKED, page: object = "", more: str = ""
) -> str:
    """Where a form is shown: nothing in it tells of anybody."""
    said = {
        "form": key,
        "at": "" if at == At.ASKED else at,
        "page": "" if str(page) == "0" else page,
        "more": more,
    }
    return f"{path}?{urlencode({name: it for name, it in said.items() if it})}"


@dataclass(frozen=True, slots=True)
class Address:
    """Which step a form is of, and on what it is taken: `/cases/<id>/steps/<step>`, `/steps/<step>`."""

    path: str
    step: str
    kind: StreamKind | None = None
    name: UUID | None = None

    @classmethod
    def read(cls, path: str) -> "Address":
        """Raises `NotFound` where there is no form."""
        match path.strip("/").split("/"):
            case ["steps", str(step)]:
                found = cls(path, step)
            case [str(collection), str(name), "steps", str(step)] if collection in KINDS:
                found = cls(path, step, KINDS[collection], as_id(name))
            case _:
                raise NotFound
        row = HANDLINGS[STEPS[found.step]] if found.step in LAYOUTS else None
        if row is None or (found.kind is not None and found.name is None):
            raise NotFound
        on = row.kind if row.kind in COLLECTIONS and not row.creates else None
        if found.kind is not on:
            raise NotFound
        return found
