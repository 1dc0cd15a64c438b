"""Record the histories that the replay test replays: `python -m tests.replay.record`.

Run it when the workflow changes what it does on purpose (`docs/changing-the-workflow.md`). The
histories hold codes, ids made here and sealed orders of invented cases, nothing personal.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client

from domain.errors import Refused, Unexpected
from tests.support.waiting import eventually
from tests.workflow.house import House, open_toy_ledger
from tests.workflow.toy import DAY, Close, NeedsNote, Note, Plan, Reopen, Stumble
from workflows.case.workflow import UPDATES_A_RUN
from workflows.server.embedded import NAMESPACE, EmbeddedServer

MACHINE = frozenset({"stackTrace", "workerVersion"})
HISTORIES = Path(__file__).parent / "histories"


def note() -> Note:
    return Note(occurred_on=DAY, text="seen at the centre")


def due_in(seconds: float) -> Plan:
    return Plan(occurred_on=DAY, due=datetime.now(UTC) + timedelta(seconds=seconds))


async def steps(house: House) -> str:
    """Steps, one refused and one that stumbles, and the closing."""
    case = await house.opened()
    for step in (NeedsNote(occurred_on=DAY), Stumble(occurred_on=DAY)):
        with suppress(Refused, Unexpected):
            await house.take(case, step)
    await asyncio.gather(*(house.take(case, note()) for _ in range(4)))
    await house.take(case, Close(occurred_on=DAY))
    await house.workflow(case).result()
    return case


async def reminders(house: House) -> str:
    """Due times: one in a moment, one far away; then a refresh."""
    case = await house.opened()
    await house.take(case, due_in(0.5))
    await house.take(case, due_in(86_400 * 400))
    await eventually(lambda: house.events(case)[-1] == "Reminded")
    house.ledger.record(house.command(case, note()))
    await house.runs.begin(case, house.version(case))
    await house.level(case)
    return case


async def reopened(house: House) -> str:
    """A run that begins with the reopening of a closed case."""
    case = await house.opened()
    await house.take(case, Close(occurred_on=DAY))
    await house.workflow(case).result()
    await house.take(case, Reopen(occurred_on=DAY))
    return case


async def renewed(house: House) -> str:
    """A run that follows one which took as many steps as a run may."""
    case = await house.opened()
    for _ in range(UPDATES_A_RUN):
        await house.take(case, note())
    return case


def bare(part: Any) -> Any:
    """The history without what names the machine it was recorded on."""
    if isinstance(part, dict):
        return {key: bare(value) for key, value in part.items() if key not in MACHINE}
    return [bare(item) for item in part] if isinstance(part, list) else part


STORIES: tuple[Callable[[House], Awaitable[str]], ...] = (steps, reminders, reopened, renewed)


async def record(folder: Path, label: str) -> None:
    async with EmbeddedServer(folder) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE, identity="recorder")
        house = House(client, open_toy_ledger(folder), "jisr-cases")
        async with house.working():
            for story in STORIES:
                case = await story(house)
                history = await house.workflow(case).fetch_history()
                path = HISTORIES / f"{story.__name__}-{label}.json"
                path.write_text(json.dumps(bare(json.loads(history.to_json())), indent=1) + "\n")
                print(path.name, len(history.events), "events")  # noqa: T201 - a script
        house.ledger.close()


if __name__ == "__main__":
    HISTORIES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(record(Path(temporary), sys.argv[1] if len(sys.argv) > 1 else "1"))
