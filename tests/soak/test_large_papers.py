"""A paper of two hundred megabytes passes through the service in pieces, both ways."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import System, forked_system

pytestmark = [pytest.mark.rare, pytest.mark.timeout(600)]

MEGABYTES = 200
MOST_KB = 24_000
"""That the peak of any process may rise by: some pieces of 256 KB, and their ciphertext."""


def large_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    for _ in range(4):
        scan = DecodedStreamObject()
        scan.set_data(bytes(range(256)) * (MEGABYTES * 3900 // 4))
        writer._add_object(scan)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def peak(process: int) -> int:
    """KB that it has had at most in memory since it was last asked to forget that."""
    status = Path(f"/proc/{process}/status").read_text()
    found = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0].split()[1]) if found else 0


def calmed(system: System) -> dict[int, int]:
    """What each process of it has in memory, counted anew from now on."""
    assert system.process is not None
    processes = [*family(system.process.pid)]
    for each in processes:
        Path(f"/proc/{each}/clear_refs").write_text("5")
    return {each: peak(each) for each in processes}


def test_a_large_paper_is_never_whole_in_memory(tmp_path: Path) -> None:
    data = large_pdf()
    assert len(data) > 195_000_000
    with forked_system(tmp_path / "data", JISR_PAPER_MEGABYTES="250") as system:
        system.administrator.step("/v1/centres", EXAMPLES["register-centre"])
        system.register_entries()
        people = [system.hire(role, "taza") for role in (Role.CASEWORKER, Role.COORDINATOR)]
        worker = people[0]
        story = Story(Office(system, system.administrator, worker, people[1], *[worker] * 4))
        story.open()
        worker.http.timeout = 300
        before = calmed(system)
        sent = worker.send(f"{story.case}/papers", data)
        assert sent.status_code == 201, sent.text
        body = {"occurred_on": "2023-02-01", "paper_id": sent.json()["paper_id"], "kind": "other"}
        worker.step(f"{story.case}/steps/attach-document", body)
        had = hashlib.sha256()
        path = f"{story.case}/papers/{sent.json()['paper_id']}"
        with worker.http.stream("GET", path) as answer:
            for piece in answer.iter_bytes(1 << 20):
                had.update(piece)
        assert had.hexdigest() == hashlib.sha256(data).hexdigest() == sent.json()["sha256"]
        rose = {each: peak(each) - kb for each, kb in before.items()}
        assert max(rose.values()) < MOST_KB, rose
        print(f"the most that a process rose by: {max(rose.values())} KB")
