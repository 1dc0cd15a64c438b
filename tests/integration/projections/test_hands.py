"""A rebuild by several processes: the same views, and none of them left behind."""

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil
import pytest

from projections.projector import Projector
from projections.store import Views
from tests.integration.projections.conftest import Place
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import Person, Programme
from tests.integration.projections.test_rebuild import interleaved
from tests.support.commands import Forked
from tests.support.waiting import until

APART = "tests.integration.projections.apart"


@dataclass(frozen=True)
class Apart:
    """A process of its own that rebuilds the views of a place."""

    place: Place
    out: Path
    err: Path

    def begin(self, processes: int, befalls: str) -> Forked:
        where = (self.place.url, self.place.keys_url, self.place.views_url)
        return Forked(APART, (str(processes), befalls, *where), {}, self.out, self.err)

    def rebuild(self, processes: int, befalls: str = "nothing") -> tuple[str, str]:
        """What it said, and what stood in its log."""
        status = self.begin(processes, befalls).wait(60)
        log = self.err.read_text()
        assert (status == 0) == (befalls == "nothing"), log
        return self.out.read_text().strip(), log


@pytest.fixture
def apart(place: Place, tmp_path: Path) -> Apart:
    folder = tmp_path / "apart"
    folder.mkdir()
    return Apart(place, folder / "out", folder / "err")


@pytest.fixture
def people(programme: Programme) -> Sequence[Person]:
    """Some on their way, some come late to it."""
    people = [Person(programme, centre) for centre in ("taza", "midelt") for _ in range(5)]
    programme.record(*interleaved(Random(5), people))
    for person in people[:2]:
        programme.record(*person.late())
    return people


def test_views_come_out_the_same_by_several_processes_as_by_one(
    programme: Programme,
    people: Sequence[Person],
    projector: Projector,
    views: Views,
    apart: Apart,
) -> None:
    """Also of those who are erased, whose keys are there yet: whichever process finds it first."""
    for _ in range(6):
        erased = Person(programme, name_ar="ليلى", name_latin="Leila")
        programme.record(*erased.commands())
        erased.agree_to_erasure()
    catch_up(projector)
    live = contents(views)
    assert apart.rebuild(3)[0] == f"3 {programme.ledger.head()}"
    assert contents(views) == live
    assert len(live["caseload"]) > len(people)


def test_a_process_that_is_killed_ends_the_rebuild_and_leaves_the_live_views(
    people: Sequence[Person], projector: Projector, views: Views, place: Place, apart: Apart
) -> None:
    catch_up(projector)
    live = contents(views)
    files = files_of(place)
    assert apart.rebuild(2, "a_hand_is_killed") == ("2 rebuild_broken", "")
    assert contents(views) == live
    assert files_of(place) == files
    projector.rebuild()
    assert contents(views) == live


def test_an_event_that_cannot_be_folded_ends_the_rebuild_and_the_log_says_which(
    people: Sequence[Person], projector: Projector, views: Views, apart: Apart
) -> None:
    catch_up(projector)
    live = contents(views)
    said, log = apart.rebuild(2, "an_event_cannot_be_folded")
    assert said == "2 unexpected"
    assert "unexpected ValueError in the views, at position" in log
    assert "Salma" not in log
    assert contents(views) == live


def test_a_rebuild_that_is_killed_leaves_no_process_behind(
    people: Sequence[Person], projector: Projector, views: Views, place: Place, apart: Apart
) -> None:
    catch_up(projector)
    live = contents(views)
    process = apart.begin(2, "it_stands_still")
    until(lambda: apart.out.exists() and apart.out.read_text().endswith("\n"))
    hands = [psutil.Process(int(pid)) for pid in apart.out.read_text().split()]
    assert len(hands) == 2
    process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL
    until(lambda: not any(hand.is_running() for hand in hands))
    assert contents(views) == live
    projector.rebuild()
    assert contents(views) == live


def files_of(place: Place) -> set[str]:
    """Of the views, where these are files; without the journals of whoever reads them."""
    url = place.views_url
    if not url.startswith("sqlite"):
        return set()
    folder = Path(url.removeprefix("sqlite://")).parent
    return {each.name for each in folder.glob("views*.db")}
