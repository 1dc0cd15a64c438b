"""`jisr` in a hurry: run as `python -m tests.faults.hasty up …`.

Reviews that were missed are recorded at once, not when a backlog had time to be typed in, so
that timers fire among the steps.
"""

from dataclasses import replace

from domain.rules import NEWEST, RULES
from service.cli import main
from service.running import up
from service.running.supervise import Child


def run(program: str) -> None:
    """Run `jisr` so that its parts are started from `program` too."""

    class Installation(up.Installation):
        def children(self) -> list[Child]:
            return [
                child
                if callable(child.command)
                else replace(
                    child, command=[program if w == "service" else w for w in child.command]
                )
                for child in super().children()
            ]

    RULES[NEWEST.version] = NEWEST.model_copy(update={"backlog_minutes": 0})
    up.Installation = Installation  # type: ignore[misc]  # the point of this program
    main()


if __name__ == "__main__":
    run("tests.faults.hasty")
