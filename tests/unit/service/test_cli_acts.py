"""Every command that changes the engine leaves an entry that says so, or it is said here why not."""

import inspect
import re
import sys
from pathlib import Path

import pytest

import service
from domain.upkeep.vocabulary import Act
from tests.unit.service.test_cli_walk import LEAVES
from workflows.by_hand import How

READS = "it reads, and prints what it finds"
SETS_OUT = (
    "it runs a part of the house, or asks whether it is well; what happens there is recorded there"
)
A_STEP = "it is a step of the programme, with an entry of its own"
OF_A_WITNESS = "it is another house's, in a folder of its own, and knows no ledger"

RECORDS: dict[str, Act] = {
    "rebuild views": Act.VIEWS_REBUILT,
    "rebuild workflows": Act.WORKFLOWS_REBUILT,
    "database prepare": Act.DATABASE_PREPARED,
    "ledger accept": Act.LOSS_ACCEPTED,
    "clock confirm": Act.CLOCK_CONFIRMED,
    "clock restart": Act.CLOCK_RESTARTED,
    "upgrade finish": Act.UPGRADE_FINISHED,
    "backup": Act.BACKED_UP,
    "restore": Act.RESTORED,
    "keys rotate": Act.MASTER_KEY_ROTATED,
    "keys rotate-signing": Act.SIGNING_KEY_ROTATED,
    "notify again": Act.MESSAGES_SENT_AGAIN,
    **dict.fromkeys(
        ("export xes", "export ocel", "export prov", "export report", "audit export"), Act.EXPORTED
    ),
    **dict.fromkeys(("audit verify", "audit reconcile"), Act.CHECKED),
}
WITHOUT: dict[str, str] = {
    **dict.fromkeys(("up", "api", "worker", "projector", "demo", "doctor"), SETS_OUT),
    **dict.fromkeys(("openapi", "path", "page"), READS),
    **dict.fromkeys(("key list", "rules diff", "audit replay", "audit keys"), READS),
    **dict.fromkeys(("reminders prove", "reminders forecast", "privacy retention"), READS),
    **dict.fromkeys(("key create", "key revoke", "rules add"), A_STEP),
    **dict.fromkeys(("password invite", "password end"), A_STEP),
    **dict.fromkeys(
        (f"witness {name}" for name in ("make", "trust", "run", "refused")), OF_A_WITNESS
    ),
    "witness ask": "a checkpoint gets one signature more, which stands on it",
    "audit checkpoint": "the checkpoint that it makes is signed, numbered and kept: it says so itself",
    "notify test": "a message goes to who tries it, and nothing is kept of it",
}
"""Why no act is recorded."""
IN_TEMPORAL = {
    *(Act.WORKFLOW_TERMINATED, Act.WORKFLOW_CANCELLED, Act.WORKFLOW_RESET, Act.WORKFLOW_REPLACED)
}
"""What no command of ours does: it is found."""


def test_of_every_command_it_is_known() -> None:
    assert RECORDS.keys() | WITHOUT.keys() == LEAVES.keys()
    assert not RECORDS.keys() & WITHOUT.keys()


def test_of_every_act_it_is_known_who_records_it() -> None:
    """A command, the worker that finds it, or what runs by itself."""
    assert service.__file__ is not None
    files = Path(service.__file__).parent.rglob("*.py")
    named = {
        name for each in files for name in re.findall(r"\bAct\.([A-Z][A-Z_]+)", each.read_text())
    }
    assert {each.name for each in Act} == named | {each.name for each in IN_TEMPORAL}


@pytest.mark.parametrize("name", RECORDS)
def test_it_records_its_act(name: str) -> None:
    """Where the command stands, or in what it calls."""
    module = sys.modules[inspect.unwrap(LEAVES[name].callback).__module__]
    told = f"Act.{RECORDS[name].name}"
    called = re.findall(r"from (service\.running[\w.]*) import", inspect.getsource(module))
    sources = [inspect.getsource(module), *(_source_of(each) for each in called)]
    assert any(told in each for each in sources), f"{name} records no {told}"


def _source_of(module: str) -> str:
    assert service.__file__ is not None
    root = Path(service.__file__).parent.parent
    path = root.joinpath(*module.split("."))
    return (path.with_suffix(".py") if not path.is_dir() else path / "__init__.py").read_text()


def test_what_is_found_in_temporal_is_told_as_an_act() -> None:
    assert {f"workflow_{how}" for how in How} == {str(act) for act in IN_TEMPORAL}
