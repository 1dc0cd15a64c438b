"""What is recorded while a backup is made is in it whole, or not at all."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.beneficiary.state import BeneficiaryState
from domain.message import Role, StreamKind, stream_id
from ledger.proof.log import LEDGER, READS, RECEIPTS, UPKEEP
from ledger.reads.looked import Looked
from ledger.verifying.whole import verify
from projections.comparing import Covered
from service.bootstrap import opened_reads
from service.running.auditing.found import Reconciled
from service.running.auditing.notebook import Notebook
from service.running.backup import snapshots
from service.running.backup.rooms import KEYS, Room
from service.running.sealed import sealed_logs
from tests.integration.backup.conftest import Installation, registered

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)


def test_a_backup_made_while_people_work_is_of_one_moment(installation: Installation) -> None:
    done: list[UUID] = []
    stop = threading.Event()

    def work() -> None:
        with installation.ledger() as ledger:
            while not stop.is_set():
                done.append(registered(ledger))

    working = threading.Thread(target=work)
    working.start()
    try:
        made = []
        for number in range(2):
            seen = len(done)
            while len(done) < seen + 3:
                stop.wait(0.01)
            made.append((f"b{number}", [*done], installation.back_up(f"b{number}")))
    finally:
        stop.set()
        working.join()
    for name, before, manifest in reversed(made):
        installation.restore(name, over_newer=True)
        with installation.ledger() as ledger:
            assert ledger.head() == manifest.head.position
            people = [stream for stream, _ in ledger.streams(StreamKind.BENEFICIARY)]
            assert {stream_id(StreamKind.BENEFICIARY, each) for each in before} <= {*people}
            states = ledger.states(people).values()
            assert all(isinstance(s, BeneficiaryState) and s.name_latin for s in states)
            positions = [each.envelope.position for each in ledger.events(0, 10_000)]
            assert positions == list(range(1, manifest.head.position + 1))


def test_papers_that_an_earlier_backup_has_need_no_room_once_more(files: Installation) -> None:
    papers = files.settings.papers / "kept" / str(uuid4())
    papers.mkdir(mode=0o700, parents=True)
    same, other = (papers / f"case.{uuid4()}.{uuid4()}" for _ in range(2))
    for path in (same, other):
        path.write_bytes(path.name.encode() * 100)
    files.back_up("first")
    first, second = (
        files.backups / name / "papers" / "kept" / papers.name for name in ("first", "second")
    )
    (first / other.name).write_bytes(b"x" * other.stat().st_size)  # it rotted there
    files.back_up("second", earlier="first")
    assert (second / same.name).samefile(first / same.name)
    assert (second / other.name).read_bytes() == other.read_bytes()
    files.restore("second")
    assert files.back_up("third", earlier="no such folder").files


def test_papers_come_back_with_the_events_that_tell_of_them(installation: Installation) -> None:
    holder, papers = uuid4(), installation.settings.papers
    kept = papers / "kept" / str(holder) / f"case.{uuid4()}.{uuid4()}"
    new = papers / "new" / f"case.{uuid4()}.{holder}.{uuid4()}"
    for path in (kept, new):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(path.name.encode() * 1000)
    installation.back_up("whole")
    was = kept.read_bytes()
    kept.write_bytes(b"another")
    new.unlink()
    later = kept.with_name(f"case.{uuid4()}.{uuid4()}")
    later.write_bytes(b"came later")
    assert installation.restore("whole").papers == 2
    assert kept.read_bytes() == was
    assert new.exists()
    assert later.exists()  # no event tells of it, and it does no harm
    assert [each.name for each in Path(papers).rglob(".*")] == []


def test_what_is_read_and_sealed_while_it_is_made_is_no_alteration_of_what_is_brought_back(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the ledger holds still: whatever follows it goes on between two rooms."""
    files.register(3)
    take, looked = (
        snapshots.snapshot,
        Looked(at=NOW, staff=uuid4(), role=Role.AUDITOR, query="get_case"),
    )
    with files.ledger() as ledger, sealed_logs(files.settings, ledger) as logs:
        begun: list[str] = []

        def seal() -> None:
            for log in logs:
                log.catch_up()
                log.checkpoint()

        def busy(room: Room) -> snapshots.Snapshot:
            with opened_reads(files.settings, ledger) as reads:
                reads.submit([looked]).result()
            if KEYS not in begun:  # nothing is signed while they are read
                seal()
            begun.append(room.name)
            return take(room)

        seal()
        monkeypatch.setattr(snapshots, "snapshot", busy)
        files.back_up("busy")
        monkeypatch.undo()
    for file in files.settings.data.glob("reads.db*"):
        file.unlink()  # else it would stay, as the log that goes on
    files.restore("busy", over_newer=True)
    with files.ledger() as ledger, sealed_logs(files.settings, ledger) as logs:
        found = {log.name: verify(log).sealed == log.require_same() for log in logs}
        assert found == dict.fromkeys((LEDGER, READS, UPKEEP, RECEIPTS), True)


def test_a_check_that_was_ended_half_way_does_not_go_on_in_what_is_brought_back(
    files: Installation,
) -> None:
    """What it had found was of the ledger that stood there before."""
    files.back_up("first")
    notebook, covered = Notebook(files.settings.data), Covered(9, 0, same_event=True, calendar="ma")
    notebook.keep(Reconciled(datetime.now(UTC), covered=covered))
    assert notebook.begun()
    files.restore("first")
    assert notebook.begun() is None
