"""What is swept out of the papers' folder, and what is not."""

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.values.papers import MediaType, PaperPlace
from ledger.papers.folder import Folder
from ledger.papers.vault import Vault
from service.papers.sweeping import ORPHANED, sweep, sweep_kept
from tests.integration.ledger.place import Place

NOW = datetime(2026, 3, 2, tzinfo=UTC)


class Told:
    """A ledger in which these papers are told of, with the day on which each was withdrawn."""

    def __init__(self, papers: Vault) -> None:
        self.papers = papers
        self.told: dict[UUID, Any] = {}

    def tell(self, place: PaperPlace, withdrawn_on: date | None = None) -> None:
        self.told[place.paper] = SimpleNamespace(holder=place.holder, withdrawn_on=withdrawn_on)

    def glance(self, _stream: str) -> Any:
        return SimpleNamespace(papers=self.told)

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def ledger(place: Place, tmp_path: Path) -> Iterator[Any]:
    with contextlib.closing(place.open()) as opened:
        yield Told(Vault(opened._keys, Folder(tmp_path / "papers")))


def kept(vault: Vault, seconds_ago: float = 0.0) -> PaperPlace:
    place = PaperPlace(uuid4(), f"case/{uuid4()}", uuid4())
    with vault.receiving(place) as paper:
        paper.write(b"a paper")
        paper.end()
        assert paper.keep(MediaType.PDF, 1, uuid4(), NOW)
    path = vault.folder.find(place)
    assert path is not None
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return place


def test_what_no_event_tells_of_goes_once_it_can_be_attached_no_more(ledger: Any) -> None:
    long_ago = ORPHANED.total_seconds() + 60
    orphan, waiting, told = (
        kept(ledger.papers, long_ago),
        kept(ledger.papers, long_ago / 2),
        kept(ledger.papers, long_ago),
    )
    ledger.tell(told)
    assert sweep(ledger) == 1
    assert not ledger.papers.lies(orphan)
    assert ledger.papers.lies(waiting)
    assert ledger.papers.facts(told) is not None
    assert [each.place for each in ledger.papers.folder.kept(told.holder)] == [told]
    assert sweep(ledger) == 0


def test_what_was_withdrawn_goes_a_month_later(ledger: Any) -> None:
    old, lately = kept(ledger.papers), kept(ledger.papers)
    ledger.tell(old, date(2026, 1, 1))
    ledger.tell(lately, date(2026, 2, 28))
    assert (sweep(ledger), sweep_kept(ledger)) == (0, 1)
    assert not ledger.papers.lies(old)
    assert ledger.papers.lies(lately)


def test_what_was_an_erased_persons_goes_though_nobody_came_to_it_before(ledger: Any) -> None:
    settled, new, other = kept(ledger.papers), kept(ledger.papers), kept(ledger.papers)
    for each in (settled, other):
        ledger.tell(each)
    sweep(ledger)
    for each in (settled, new):
        ledger.papers._keys.destroy(each.holder)
    assert sweep(ledger) == 2
    assert [ledger.papers.lies(each) for each in (settled, new, other)] == [False, False, True]
