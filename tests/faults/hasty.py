"""`jisr` in a hurry: run as `python -m tests.faults.hasty up …`.

Reviews that were missed are recorded at once, not when a backlog had time to be typed in, so
that timers fire among the steps. Views that no release reads any more go at once too.
"""

from domain.rules import NEWEST, RULES
from projections import projector
from service.cli import main


def run() -> None:
    """Run `jisr` so, and all that it forks off."""
    projector.RETIRE_SECONDS = 1
    RULES[NEWEST.version] = NEWEST.model_copy(update={"backlog_minutes": 0})
    main()


if __name__ == "__main__":
    run()
