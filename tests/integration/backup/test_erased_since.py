"""Who was erased after a backup was made is erased again when it is brought back, whoever knows of it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.vocabulary import Sex
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome
from domain.message import Role, StreamKind, stream_id
from ledger.opening import open_key_table
from service.running.backup.again import erase_registered
from service.running.backup.erased import Register, register_of, whole_register
from service.running.backup.marks import ERASED
from service.running.doctor.backups import register as looked_at
from service.running.doctor.finding import Severity
from service.running.faults import OperatorError
from tests.integration.backup.conftest import Installation
from tests.integration.projections.programme import Person, Programme


def wrapped(installation: Installation, person: UUID) -> bool:
    """Whether there is a key of theirs."""
    table = open_key_table(installation.settings.keys)
    try:
        return person in table.find([person]).wrapped
    finally:
        table.close()


def destroy(installation: Installation, person: UUID) -> None:
    """As who follows erasures does, but that no event tells of it."""
    table = open_key_table(installation.settings.keys)
    table.destroy(person)
    table.close()


def by_the_register(installation: Installation, person: UUID) -> list[Path]:
    with installation.ledger() as ledger:
        register_of(installation.settings, ledger).add([person])
    return []


def by_the_keys_that_are_there(installation: Installation, person: UUID) -> list[Path]:
    destroy(installation, person)
    return []


def by_a_list_kept_elsewhere(installation: Installation, person: UUID) -> list[Path]:
    place = installation.backups / "erased"
    with installation.ledger() as ledger:
        Register(place, ledger.id, ledger.derived(ERASED)).add([person])
    return [place]


@pytest.mark.parametrize(
    "known", [by_the_register, by_the_keys_that_are_there, by_a_list_kept_elsewhere]
)
def test_they_are_erased_again(
    known: Callable[[Installation, UUID], list[Path]], installation: Installation
) -> None:
    person, other = installation.register(2)
    paper = installation.settings.papers / "kept" / str(person) / f"case.{uuid4()}.{uuid4()}"
    paper.parent.mkdir(mode=0o700, parents=True)
    paper.write_bytes(b"theirs")
    installation.back_up("before")
    paper.unlink()
    installation.restore("before", *known(installation, person))
    assert installation.name_of(person) is None
    assert not wrapped(installation, person)
    assert not paper.exists()
    assert installation.name_of(other)
    installation.restore("before", over_newer=True)  # the register remembers what was said once
    assert not wrapped(installation, person)


def test_a_later_backup_says_who_was_erased_though_the_machine_is_lost(files: Installation) -> None:
    person, other = files.register(2)
    files.back_up("before")
    destroy(files, person)
    files.back_up("later")
    key = files.settings.master_key.read_bytes()
    shutil.rmtree(files.settings.data)
    files.settings.data.mkdir(mode=0o700)
    files.settings.master_key.write_bytes(key)
    files.settings.master_key.chmod(0o600)
    files.restore("before", files.backups / "later")
    assert files.name_of(person) is None
    assert files.name_of(other)


def test_what_is_counted_of_them_is_kept_and_a_case_that_stood_open_is_closed(
    files: Installation,
) -> None:
    with files.ledger() as ledger:
        programme = Programme(ledger)
        programme.settle(("taza",))
        person, other = Person(programme), Person(programme, name_latin="Somebody Else")
        programme.record(*person.commands(), *other.intake())
        erased = person.beneficiary_id
        stream, case = stream_of(erased), stream_id(StreamKind.CASE, person.case_id)
    files.back_up("before")
    brought = files.restore("before", *by_the_register(files, erased))
    assert brought.again[:2] == (1, 1)
    with files.ledger() as ledger:
        state, of_case = ledger.state(stream), ledger.state(case)
        assert isinstance(state, BeneficiaryState)
        assert isinstance(of_case, CaseState)
        assert (state.erased, state.name_latin, state.open_case) == (True, None, None)
        assert (of_case.is_open, of_case.outcome) == (False, Outcome.ERASED)
        assert of_case.kept is not None
        assert [each.sex for each in of_case.kept.deliveries] == [Sex.FEMALE]
        told = ledger.history(case)[-1].envelope
        assert (told.step, told.actor.role) == ("repeat-erasure", Role.OPERATOR)
    assert files.name_of(other.beneficiary_id)
    assert not wrapped(files, erased)


def test_a_worker_erases_those_whom_a_copy_put_there_by_hand_does_not_know(
    files: Installation,
) -> None:
    person, other = files.register(2)
    by_the_register(files, person)
    assert files.name_of(person) is None  # nobody reads them, though their key is there
    assert wrapped(files, person)
    assert erase_registered(files.settings)[:2] == (1, 1)
    assert erase_registered(files.settings)[:2] == (0, 0)
    assert not wrapped(files, person)
    assert files.name_of(other)


def stream_of(person: UUID) -> str:
    return stream_id(StreamKind.BENEFICIARY, person)


def test_the_list_is_of_one_installation_and_of_nobody_who_changes_it(tmp_path: Path) -> None:
    file, people = tmp_path / "erased", [uuid4() for _ in range(3)]
    register = Register(file, UUID(int=1), b"a key")
    assert register.read() == set()
    register.add(people[:1])
    register.add(people[:1])
    earlier = file.read_text()
    assert earlier.count("\n") == 3
    register.add(people)
    assert register.read() == set(people)
    text = file.read_text()
    begins, *lines, mark = text.splitlines(keepends=True)
    other = f"{uuid4()}\n"
    for changed in (
        *("".join([begins, *lines[:at], *lines[at + 1 :], mark]) for at in range(3)),
        *("".join([begins, *lines[:at], other, *lines[at:], mark]) for at in range(4)),
        *("".join([begins, lines[1], lines[0], lines[2], mark]), begins + other),
        *(text[:-1], text + "\n", text + other, text.replace(mark, earlier.splitlines()[-1])),
    ):
        file.write_text(changed)
        with pytest.raises(OperatorError, match="was changed since the house wrote it"):
            register.read()
        with pytest.raises(OperatorError):
            register.add([uuid4()])
    file.write_text(text)
    assert register.read() == set(people)
    with pytest.raises(OperatorError, match=r"no list of who was erased in this"):
        Register(file, UUID(int=2), b"a key").add([uuid4()])
    with pytest.raises(OperatorError, match="was changed"):
        Register(file, UUID(int=1), b"another").read()
    (tmp_path / "erased").write_text("something else\n")
    with pytest.raises(OperatorError, match=r"no list of who was erased"):
        register.read()


def test_a_list_that_was_changed_brings_nothing_back(files: Installation) -> None:
    person, other = files.register(2)
    files.back_up("before")
    by_the_register(files, person)
    file = files.settings.erased
    text = file.read_text()
    file.write_text(text.replace(str(person), str(other)))
    with pytest.raises(OperatorError, match="was changed"):
        files.restore("before")
    with pytest.raises(OperatorError, match="was changed"):
        files.head()
    file.write_text(text)
    files.restore("before")
    assert (files.name_of(person), bool(files.name_of(other))) == (None, True)


def test_a_worker_writes_the_list_anew_where_it_is_gone_or_an_older_one(
    files: Installation,
) -> None:
    person, other = files.register(2)
    destroy(files, person)
    with files.ledger() as ledger:
        assert whole_register(files.settings, ledger).read() == {person}
        older = files.settings.erased.read_bytes()
        destroy(files, other)
        assert looked_at(ledger, files.settings).severity is Severity.WARNING
        assert whole_register(files.settings, ledger).read() == {person, other}
        files.settings.erased.write_bytes(older)
        assert whole_register(files.settings, ledger).read() == {person, other}
        assert looked_at(ledger, files.settings).severity is Severity.WELL
        files.settings.erased.write_bytes(older + b"more")
        assert looked_at(ledger, files.settings).severity is Severity.BROKEN


def test_a_list_on_a_disk_that_is_away_keeps_no_worker_from_its_work(files: Installation) -> None:
    (person,) = files.register()
    destroy(files, person)
    away = files.settings.model_copy(update={"erased_file": files.backups / "away" / "erased"})
    with files.ledger() as ledger:
        register = whole_register(away, ledger)
        with pytest.raises(OSError, match="away"):
            register.add([person])
