"""What was recorded is there again as it was, and nothing that came later."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from domain.example.papers import of_case
from domain.example.person import EXAMPLE
from domain.message import Role
from domain.upkeep.events import OperatorActed
from domain.values.papers import MediaType, PaperPlace
from ledger.reads.looked import Looked
from service.bootstrap import opened_reads
from service.running.backup.papers import lacking
from service.running.faults import OperatorError
from tests.integration.backup.conftest import Installation
from tests.integration.projections.programme import Person, Programme
from tests.support.commands import jisr


def test_it_is_as_it_was_at_the_moment_of_the_backup(either: Installation) -> None:
    before = either.register(2)
    made = either.back_up("first")
    after = either.register()
    assert made.head.position == either.head() - 2

    with pytest.raises(OperatorError, match=r"(?s)newer.*2 events.*1 beneficiary") as refused:
        either.restore("first")
    assert "Nothing was changed" in str(refused.value)
    assert either.name_of(after[0]) is not None

    brought = either.restore("first", over_newer=True)
    assert brought.aside
    assert either.head() == made.head.position
    assert all(either.name_of(person) for person in before)
    assert either.name_of(after[0]) is None
    assert either.register()  # it goes on from there
    either.restore("first", over_newer=True)  # as often as anybody likes
    assert either.head() == made.head.position


def test_who_looked_since_stays_written_down(files: Installation) -> None:
    files.register()
    looked(files)
    files.back_up("first")
    looked(files)
    files.register()
    files.restore("first", over_newer=True)
    assert looked(files) == 3


def looked(installation: Installation) -> int:
    """One reading more; how many there are."""
    reading = Looked(
        at=datetime.now(UTC), staff=UUID(int=7), role=Role.AUDITOR, query="case", persons=(uuid4(),)
    )
    with installation.ledger() as ledger, opened_reads(installation.settings, ledger) as log:
        log.submit([reading]).result()
        return log.head()


def test_a_paper_that_was_not_there_to_be_copied_is_named(files: Installation) -> None:
    paper = uuid4()
    with files.ledger() as ledger:
        programme = Programme(ledger)
        programme.settle(("taza",))
        person = Person(programme)
        programme.record(*person.intake())
        place = PaperPlace(person.beneficiary_id, f"case/{person.case_id}", paper)
        assert ledger.papers is not None
        with ledger.papers.receiving(place) as coming:
            coming.write(b"theirs")
            coming.end()
            assert coming.keep(MediaType.PDF, 1, uuid4(), ledger.now())
        attached = of_case(EXAMPLE)[0].model_copy(update={"paper_id": paper})
        programme.record(person.step(attached))
    files.back_up("first")
    assert lacking(files.settings) is None
    for each in files.settings.papers.rglob("case.*"):
        each.unlink()
    told = lacking(files.settings)
    assert told is not None
    assert f"1 of 1 are not in {files.settings.papers}: {paper} of case/{person.case_id}" in told
    files.restore("first")
    assert lacking(files.settings) is None


@pytest.mark.rare  # each command is a process
def test_by_the_command_it_is_looked_at_first_and_then_told_in_the_ledger(
    files: Installation,
) -> None:
    person, data = files.register()[0], ("--data", str(files.settings.data))
    folder, keys = str(files.backups / "first"), ("--keys", str(files.backups / "apart"))
    made = jisr("backup", folder, *keys, *data)
    assert made.returncode == 0, made.stderr
    assert "The master key is in neither" in made.stdout
    files.register(2)
    foreseen = jisr("restore", folder, *keys, *data, "--dry-run")
    assert "It would lose 5 events" in foreseen.stdout  # with the entry of the backup itself
    assert jisr("restore", folder, *keys, *data).returncode == 1
    brought = jisr("restore", folder, *keys, *data, "--over-newer")
    assert brought.returncode == 0, brought.stderr
    assert "The views are made anew, up to position" in brought.stdout
    assert files.name_of(person)
    with files.ledger() as ledger:
        (told,) = [each.event for each in ledger.history("upkeep/all")]
        assert isinstance(told, OperatorActed)
        assert (told.act, told.facts["of_position"]) == (
            "restored",
            str(int(told.facts["position"]) + 5),
        )
