"""`jisr` of the next release: run as `python -m tests.faults.next_release up …`.

It came with a level: a case is paused with it, and a note is written in a second version. To
this release's processes beside it that is what a release that is really newer would be.
"""

# ruff: noqa: PLC0415 - the tables are changed before anything is made of them
from typing import Any

PROGRAM = "tests.faults.next_release"


def become() -> None:
    from domain.case import events
    from domain.events import levels, stored

    came = levels.Came(steps={"pause-case"}, events={"NoteAdded:2": {}})
    levels.LEVELS = levels.Levels(came)
    events.NoteAdded.schema_version = 2

    def as_it_was(_envelope: Any, payload: dict[str, Any]) -> list[stored.Part]:
        return [stored.Part("NoteAdded", 2, payload)]

    stored.UPCASTS = {("NoteAdded", 1): as_it_was}


if __name__ == "__main__":
    become()
    from tests.faults.hasty import run

    run()
