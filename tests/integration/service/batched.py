"""The example's batch over HTTP: prepared, looked at, started, and all that can be done with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from tests.support.waiting import until

if TYPE_CHECKING:
    from tests.integration.service.story import Story

Look = Callable[[UUID, int], None]
"""Has the lines of a batch looked at: so many."""


def by_its_worker(_batch: UUID, _lines: int) -> None:
    """Nobody else has to."""


def every_step_of_a_batch(story: "Story", look: Look = by_its_worker) -> None:
    coordinator, case = story.office.coordinator, story.ids["case"]
    given = {"field": "caseworker", "value": story.office.caseworker.staff_id}
    lines = [{"case_id": case, "said": "TAZ-23-0001"}]
    body = story.body("prepare-batch") | {"answers": [given], "lines": lines}
    batch = story.take(coordinator, "/v1/batches", "prepare-batch", body)["ids"]["batch"]
    path = f"/v1/batches/{batch}"

    def on(name: str, **instead: object) -> None:
        body = story.body(name) | instead
        story.take(coordinator, f"{path}/steps/{name}", name, body)

    def looked() -> str:
        look(UUID(batch), 3)
        found: dict[str, str] = {}

        def is_ready() -> bool:
            found.update(coordinator.found(path))
            return found["status"] == "ready"

        until(is_ready, lambda: str(found))
        return found["digest"]

    on("add-batch-lines")
    looked()
    on("match-batch-lines", matched=[{"line": 2}, {"line": 3}])
    looked()
    on("recheck-batch")
    story.ids["batch"] = batch
    on("start-batch", looked_at=looked())
    if look is not by_its_worker:  # which has ended it before it can be paused
        on("pause-batch")
        on("resume-batch")
        coordinator.step(f"{path}/steps/stop-batch", story.body("stop-batch"))
    body = story.body("prepare-batch") | {"answers": [given], "lines": lines}
    other = story.take(coordinator, "/v1/batches", "prepare-batch", body)["ids"]["batch"]
    path = f"/v1/batches/{other}"
    on("stop-batch")
    on("forget-batch")
    story.ids["batch"] = batch
