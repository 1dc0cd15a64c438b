"""What a check of a bundle says: what it checked, what it could not, and why it cannot be used."""

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from eventsourcing.persistence import Notification

from ledger.bundle import verify
from ledger.bundle.file import new_file
from ledger.bundle.part import add_part
from ledger.bundle.whole import add_whole
from tests.support import bundled, logged
from tests.support.logged import House

Change = Callable[[Sequence[Notification]], list[Notification]]
MANY = 600
HOUSE = House()


@pytest.fixture(scope="module")
def events() -> list[Notification]:
    return logged.events(MANY)


@pytest.fixture(scope="module")
def whole(events: list[Notification], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled.whole(tmp_path_factory.mktemp("all") / "all.tar", events, [256, 300])


@pytest.fixture(scope="module")
def part(events: list[Notification], tmp_path_factory: pytest.TempPathFactory) -> Path:
    streams = {events[3].originator_id, events[9].originator_id}
    return bundled.part(
        tmp_path_factory.mktemp("part") / "part.tar", events, streams, [1, 256, 300]
    )


def kept(path: Path, events: Sequence[Notification], house: House = HOUSE) -> Path:
    """A checkpoint of these events, as somebody outside kept it."""
    path.write_bytes(house.checkpoint(events))
    return path


def test_any_tool_unpacks_it_and_the_program_in_it_needs_nothing_of_ours(
    whole: Path, part: Path, tmp_path: Path
) -> None:
    for bundle in (whole, part):
        folder = tmp_path / bundle.stem
        with tarfile.open(bundle) as tar:
            tar.extractall(folder, filter="data")
        alone = [sys.executable, "-I", str(folder / "verify.py")]
        for command in (alone, [*alone, str(bundle)]):
            done = subprocess.run(command, cwd="/", check=False, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            assert "Nothing that was checked is altered." in done.stdout
        (folder / "more").write_text("strange")
        done = subprocess.run(alone, cwd="/", check=False, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (1, "ALTERED: more does not belong to it\n")


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 599, 600])
def test_it_goes_on_from_any_checkpoint_that_was_kept_outside(
    whole: Path, events: list[Notification], tmp_path: Path, size: int
) -> None:
    outside = kept(tmp_path / "kept", events[:size])
    report = verify.check(whole, [HOUSE.vkey], [outside], workers=1)
    assert any(str(outside) in each for each in report.checked)
    assert not any("whose key" in each for each in report.not_checked)


def test_some_streams_are_all_there_is_of_them_and_go_on_from_what_was_asked_for(
    part: Path, events: list[Notification], tmp_path: Path
) -> None:
    for size in (1, 256, 300, MANY):
        verify.check(part, [], [kept(tmp_path / str(size), events[:size])])
    with pytest.raises(verify.Unusable, match="--against"):
        verify.check(part, [], [kept(tmp_path / "7", events[:7])])


def rewritten(events: Sequence[Notification], at: int) -> list[Notification]:
    """Another history, as one who has the keys may write it."""
    event = events[at - 1]
    changed = replace(event, state=event.state + b" or not")
    return [*events[: at - 1], changed, *events[at:]]


@pytest.mark.parametrize("at", [1, 200, 300, 600])
def test_a_history_written_anew_with_all_hashes_and_signatures_contradicts_what_was_kept(
    events: list[Notification], tmp_path: Path, at: int
) -> None:
    another = bundled.whole(tmp_path / "another.tar", rewritten(events, at), earlier=[400])
    verify.check(another, workers=1)
    outside = kept(tmp_path / "kept", events)
    before = kept(tmp_path / "before", events[: at - 1 or 1])
    with pytest.raises(verify.Altered) as found:
        verify.check(another, [], [before, outside], workers=1)
    assert found.value.position == at
    streams = {event.originator_id for event in events[:20]}
    some = bundled.part(tmp_path / "some.tar", rewritten(events, at), streams, [300])
    with pytest.raises(verify.Altered):
        verify.check(some, [], [outside])


def test_a_checkpoint_of_the_same_house_whose_streams_were_changed_is_found(
    events: list[Notification], tmp_path: Path
) -> None:
    """A stream cut short in the bundle, whose events are proved one by one all the same."""
    stream = events[0].originator_id
    its = [event for event in events if event.originator_id == stream]
    path, facts = tmp_path / "cut.tar", bundled.about(HOUSE, events, "part", [])
    with new_file(path) as bundle:
        bundle.begin(facts)
        add_part(bundle, its[:-1], facts.checkpoint, bundled.Proved(events))
        bundle.end(facts, len(its) - 1, HOUSE.sign)
    assert "ends where the ledger's does not" in bundled.found_out(path).said


def test_a_case_s_bundle_that_has_only_what_is_beside_the_case_is_found(
    events: list[Notification], tmp_path: Path
) -> None:
    """All that is in it is proved, and nothing of what it is said to be of."""
    case, *others = dict.fromkeys(str(event.originator_id) for event in events)
    beside = [event for event in events if event.originator_id == others[0]]
    path, facts = tmp_path / "beside.tar", bundled.about(HOUSE, events, "part", [])
    with new_file(path) as bundle:
        bundle.begin(facts._replace(about=case))
        add_part(bundle, beside, facts.checkpoint, bundled.Proved(events))
        bundle.end(facts._replace(about=case), len(beside), HOUSE.sign)
    assert "has no event of that" in bundled.found_out(path).said


def deleted(events: Sequence[Notification]) -> list[Notification]:
    return [*events[:49], *events[50:]]


def swapped(events: Sequence[Notification]) -> list[Notification]:
    return [*events[:49], events[50], events[49], *events[51:]]


def inserted(events: Sequence[Notification]) -> list[Notification]:
    return [*events[:49], replace(events[49], state=b"more"), *events[49:-1]]


def shortened(events: Sequence[Notification]) -> list[Notification]:
    return [*events[:49]]


@pytest.mark.parametrize("change", [deleted, swapped, inserted, shortened])
@pytest.mark.parametrize("numbered", [False, True])
def test_events_taken_out_swapped_put_in_or_cut_off_are_found(
    events: list[Notification], tmp_path: Path, change: Change, *, numbered: bool
) -> None:
    """Under the checkpoint that was signed, with their positions as they were or put right."""
    changed = change(events)
    if numbered:
        changed = [replace(event, id=number) for number, event in enumerate(changed, start=1)]
    path, facts = tmp_path / "changed.tar", bundled.about(HOUSE, events, "all", [40])
    with new_file(path) as bundle:
        bundle.begin(facts)
        add_whole(bundle, changed, len(events))
        bundle.end(facts, len(events), HOUSE.sign)
    altered = bundled.found_out(path)
    assert altered.position is not None
    assert altered.position > 40


def test_what_cannot_be_compared_with_says_why(
    whole: Path, events: list[Notification], tmp_path: Path
) -> None:
    later = logged.events(MANY + 1)
    assert later[:MANY] == events
    other = House("jisr/another", 2)
    refused: list[tuple[str, list[str], list[Path]]] = [
        ("by none of the keys", [other.vkey], []),
        ("later than the bundle", [], [kept(tmp_path / "later", later)]),
        ("of another ledger", [], [kept(tmp_path / "other", events[:9], other)]),
        ("by an unknown key", [], [kept(tmp_path / "key", events[:9], House(secret=2))]),
        ("no Ed25519 verifier key", [HOUSE.vkey[:-4]], []),
        ("cannot be read", [], [tmp_path / "nothing"]),
        ("no signed note", [], [whole]),
    ]
    for why, keys, outside in refused:
        with pytest.raises(verify.Unusable, match=why):
            verify.check(whole, keys, outside, workers=1)


def test_what_is_no_bundle_says_so(tmp_path: Path) -> None:
    nothing, empty, foreign = tmp_path / "no", tmp_path / "empty", tmp_path / "foreign.tar"
    empty.mkdir()
    with tarfile.open(foreign, "w") as tar:
        tar.add(Path(__file__), "some.py")
    for path in (nothing, empty, foreign, Path(__file__)):
        with pytest.raises(verify.Unusable):
            verify.check(path)
        assert verify.main([str(path)]) == 2


def test_a_checkpoint_without_streams_is_said(events: list[Notification], tmp_path: Path) -> None:
    facts = bundled.about(HOUSE, events, "all", [])
    facts = facts._replace(checkpoint=HOUSE.checkpoint(events, streams=False))
    with new_file(tmp_path / "all.tar") as bundle:
        bundle.begin(facts)
        add_whole(bundle, events, len(events))
        bundle.end(facts, len(events), HOUSE.sign)
    report = verify.check(tmp_path / "all.tar", workers=1)
    assert any("versions of the streams" in each for each in report.not_checked)


def test_several_processes_find_what_one_finds(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "FEW", 0)
    monkeypatch.setattr(verify, "TOGETHER", 1)
    assert verify.check(whole, workers=2).checked == verify.check(whole, workers=1).checked
    path = tmp_path / "changed.tar"
    shutil.copy(whole, path)
    places = verify.files_of_tar(path)
    data = bytearray(path.read_bytes())
    for name in ("states/001", "states/000"):
        data[places[name].offset + places[name].size - 1] ^= 1
    path.write_bytes(data)
    with pytest.raises(verify.Altered) as found:
        verify.check(path, workers=2)
    assert found.value.position == verify.TILE


def test_the_tree_is_that_of_the_specification() -> None:
    events = logged.events(40)
    leaves = [logged.leaf(logged.entry(event)) for event in events]
    checkpoints = [
        verify.Checkpoint.of(HOUSE.checkpoint(events[:size]), "it") for size in range(1, 41)
    ]
    for size in range(1, 41):
        tree, root = leaves[:size], logged.root(leaves[:size])
        assert verify.root_of(tree) == root
        for index in range(size):
            proof = logged.inclusion(index, tree)
            assert verify.root_by_inclusion(tree[index], index, size, proof) == root
            assert verify.root_by_inclusion(tree[index], index, size, [*proof, root]) != root
    for old, new in ((a, b) for b in checkpoints for a in checkpoints if a.size <= b.size):
        proof = logged.consistency(old.size, leaves[: new.size])
        assert verify.is_consistent(old, new, proof)
        assert not verify.is_consistent(old, new, [*proof, new.root])
        for shorter in [proof[:-1]] if proof else []:
            assert not verify.is_consistent(old, new, shorter)
    for one, other in pairwise(checkpoints):
        wrong = other._replace(root=one.root)
        proof = logged.consistency(one.size, leaves[: other.size])
        assert not verify.is_consistent(one, wrong, proof)


def test_long_paths_are_written_as_the_specification_writes_them() -> None:
    assert verify.path_of(1234067) == "x001/x234/067"
    assert [path for *_, path in verify.tiles_of(0, 70_000)][-1] == "273.p/112"
    assert [path for *_, path in verify.tiles_of(1, 70_000)] == ["000", "001.p/17"]
    assert [path for *_, path in verify.tiles_of(2, 70_000)] == ["000.p/1"]
    assert verify.position_in("states/x001/234.p/7") == 1234 * 256 + 1


@pytest.mark.parametrize(
    "change",
    [
        ("holds all\n", "holds everything\n"),
        ("events 9\n", "events -1\n"),
        ("events 9\n", ""),
        ("made ", "more ones\nmade "),
        ("about something\n", ""),
    ],
)
def test_a_stranger_who_signs_anything_is_answered_in_words(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    events = logged.events(9)
    facts = bundled.about(HOUSE, events, "all", [])
    with new_file(tmp_path / "all.tar") as bundle:
        bundle.begin(facts)
        add_whole(bundle, events, 9)
        bundle.end(facts, 9, lambda text: HOUSE.sign(text.replace(*change)))
    with pytest.raises(verify.Altered, match="does not say what it should"):
        verify.check(tmp_path / "all.tar")


def test_a_checkpoint_of_more_events_than_any_machine_holds_is_answered_at_once(
    tmp_path: Path,
) -> None:
    events = logged.events(9)
    told = HOUSE.checkpoint(events).decode().partition("\n\n")[0]
    signed = HOUSE.sign(told.replace("\n9\n", "\n999999999999999999\n") + "\n")
    facts = bundled.about(HOUSE, events, "all", [])._replace(checkpoint=signed)
    with new_file(tmp_path / "all.tar") as bundle:
        bundle.begin(facts)
        add_whole(bundle, events, 9)
        bundle.end(facts, 9, HOUSE.sign)
    with pytest.raises(verify.Altered, match="not as many files"):
        verify.check(tmp_path / "all.tar")


def test_the_program_alone_in_a_folder_says_that_there_is_no_bundle(tmp_path: Path) -> None:
    alone = tmp_path / "verify.py"
    shutil.copy(str(verify.__file__), alone)
    done = subprocess.run([sys.executable, alone], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split(":")[0]) == (2, "NOT CHECKED")


def test_a_witness_must_have_cosigned_one_of_the_checkpoints(
    events: list[Notification], tmp_path: Path
) -> None:
    witness = House("witness.example/ours", 3)
    facts = bundled.about(HOUSE, events, "all", [])
    seen = witness.cosigned(HOUSE.checkpoint(events[:300]), 1_700_000_000)
    facts = facts._replace(earlier=((300, seen),))
    with new_file(tmp_path / "all.tar") as bundle:
        bundle.begin(facts)
        add_whole(bundle, events, len(events))
        bundle.end(facts, len(events), HOUSE.sign)
    report = verify.check(tmp_path / "all.tar", [HOUSE.vkey, witness.witness_vkey], workers=1)
    assert "witness.example/ours has cosigned the checkpoint of 300" in report.checked
    with pytest.raises(verify.Unusable, match="no checkpoint is cosigned by nobody"):
        verify.check(tmp_path / "all.tar", [House("nobody", 4).witness_vkey], workers=1)
