"""What it costs to write a reading down: `python -m bench.ledger.reads`, on SQLite in a temporary folder.

Says how long one waits alone, how many a second go in while 64 wait at once, and how long it takes to
read off a page of fifty rows whose it is.
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Annotated
from uuid import UUID, uuid4

from domain.message import Actor, FieldClass, Message, Role
from ledger.reads.log import ReadLog
from ledger.reads.looked import Looked
from ledger.reads.opening import open_reads
from service.access.looking import Shown, _look

TIMES, AT_ONCE, ON_A_PAGE = 2_000, 64, 50


class Row(Message):
    case_id: UUID
    beneficiary_id: UUID
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    stage: str
    days: int


def looked(actor: Actor, cases: int) -> Looked:
    return Looked(
        at=datetime.now(UTC),
        staff=actor.id,
        role=actor.role,
        query="list-cases",
        cases=tuple(uuid4() for _ in range(cases)),
    )


def alone(log: ReadLog, cases: int) -> None:
    actor, took = Actor(id=uuid4(), role=Role.CASEWORKER), []
    for _ in range(TIMES):
        began = time.perf_counter()
        log.submit([looked(actor, cases)]).result()
        took.append((time.perf_counter() - began) * 1000)
    print(
        f"{cases} on it, alone: p50 {median(took):.2f} ms, p95 {quantiles(took, n=20)[-1]:.2f} ms"
    )


def together(log: ReadLog, cases: int) -> None:
    actors = [Actor(id=uuid4(), role=Role.CASEWORKER) for _ in range(AT_ONCE)]
    began = time.perf_counter()
    for _ in range(TIMES // AT_ONCE):
        for each in [log.submit([looked(actor, cases)]) for actor in actors]:
            each.result()
    print(
        f"{cases} on it, {AT_ONCE} at once: {TIMES / (time.perf_counter() - began):,.0f} a second"
    )


def off_a_page() -> None:
    rows = [
        Row(case_id=uuid4(), beneficiary_id=uuid4(), name_ar="س", stage="training", days=3)
        for _ in range(ON_A_PAGE)
    ]
    began = time.perf_counter()
    for _ in range(TIMES):
        _look(rows, Shown())
    print(f"whose a page is: {(time.perf_counter() - began) / TIMES * 1000:.2f} ms")


def main() -> None:
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "reads.db"
        with open_reads(f"sqlite://{path}", uuid4()) as log:
            for cases in (1, ON_A_PAGE):
                alone(log, cases)
                together(log, cases)
        print(f"{path.stat().st_size / 1e6:.1f} MB for {log_rows()} readings")
    off_a_page()


def log_rows() -> int:
    return 2 * (TIMES + TIMES // AT_ONCE * AT_ONCE)


if __name__ == "__main__":
    main()
