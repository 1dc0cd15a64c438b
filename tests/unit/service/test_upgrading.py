"""What the doctor says of an upgrade, at each of its stages."""

from ledger.ground.living import Alive
from service.running.doctor.records import _level
from service.running.upgrading import Upgrade

OLD = Alive("worker", "process 7 on there", 1)


def test_an_upgrade_that_waits_to_be_finished_is_nothing_wrong() -> None:
    for behind, says in (
        ((OLD,), "worker (process 7 on there, level 1)"),
        ((), "no older process"),
    ):
        found = _level(Upgrade(level=1, reads=2, behind=behind))
        assert found.is_well
        assert "jisr upgrade finish" in found.found
        assert says in found.found


def test_a_finished_upgrade_is_well() -> None:
    assert _level(Upgrade(level=2, reads=2, behind=())).is_well


def test_a_release_that_was_left_behind_is_not_well_and_told_what_to_do() -> None:
    found = _level(Upgrade(level=3, reads=2, behind=()))
    assert not found.is_well
    assert "reads 2" in found.found
    assert "the release that finished the upgrade" in found.advice
