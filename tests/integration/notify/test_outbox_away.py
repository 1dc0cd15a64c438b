"""An outbox that cannot be opened stops nobody else, and is at work once it can."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.ledger import Ledger
from service.notify.running import notifying
from service.running.outlasting import outlasting
from service.settings import Settings
from tests.support.waiting import until


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_damaged_outbox_keeps_no_worker_from_its_work(
    ledger: Ledger,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("service.running.outlasting.AGAIN", 0.05)
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    damaged = data / "outbox.db"
    damaged.write_bytes(b"no database" * 1000)
    with notifying(Settings(data=data), ledger):
        until(lambda: "nothing is sent until this is mended" in caplog.text, "nobody was told")
        damaged.unlink()
        until(damaged.exists, "it was not made anew")
        working = {"follower", "announcer", "sender"}
        until(lambda: working <= {each.name for each in threading.enumerate()}, "nobody works")


def test_work_that_fails_in_a_way_nobody_foresaw_is_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.running.outlasting.AGAIN", 0.01)
    begun: list[int] = []

    @contextmanager
    def work() -> Iterator[None]:
        begun.append(len(begun))
        if len(begun) < 3:
            raise LookupError
        yield

    with outlasting("work", work, logging.getLogger("jisr.tests"), "nothing is done"):
        until(lambda: len(begun) == 3)
