"""The commands at the machine itself."""

import json
import subprocess
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from ledger.following.erasing import ERASURES
from ledger.store import Mark
from service.bootstrap import opened_ledger
from service.cli.entry import app
from service.running.doctor.examine import examine
from service.running.doctor.finding import Finding
from service.running.master_key import make_master_key
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.support import commands
from tests.support.waiting import until

COMMANDS = [
    *("up", "api", "worker", "projector", "doctor", "demo", "openapi"),
    *("rebuild views", "rebuild workflows", "database prepare", "upgrade finish"),
    *("reminders prove", "reminders forecast", "audit replay", "audit reconcile"),
    *("audit export", "audit verify"),
    *("key create", "key list", "key revoke", "password invite", "password end"),
]


def jisr(arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return commands.jisr(*arguments.split(), JISR_DATA=str(data), **environment)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*command.split(), "--help"])
    assert shown.exit_code == 0
    assert "Example: " in shown.stdout
    assert f"jisr {command}" in shown.stdout


def test_a_key_made_at_the_machine_opens_the_running_service(office: Office) -> None:
    data = office.system.data
    arguments = "key create --role coordinator --centre taza --label at-the-machine"
    made = jisr(arguments, data)
    assert made.returncode == 0, made.stderr
    me = office.system.person(made.stdout.strip()).found("/v1/me")
    assert (me["role"], me["label"]) == ("coordinator", "at-the-machine")
    another = jisr(arguments, data).stdout.strip()
    assert another != made.stdout.strip()
    assert office.system.person(another).found("/v1/me")["staff_id"] == me["staff_id"]


def test_a_key_for_an_unknown_centre_is_refused_in_words(office: Office) -> None:
    made = jisr("key create --role caseworker --centre atlantis --label x", office.system.data)
    assert made.returncode == 1
    assert "There is no centre atlantis" in made.stderr
    assert "Traceback" not in made.stderr


def test_a_label_of_another_role_or_centre_gives_no_key(office: Office) -> None:
    """It would be the key of whoever has that label: an administrator's, too."""
    data = office.system.data
    made = jisr("key create --role coordinator --centre taza --label one-post", data)
    assert made.returncode == 0, made.stderr
    coordinator = "coordinator of the centre taza"
    for label, post, other in (
        ("administrator", "administrator", "--role auditor"),
        ("one-post", coordinator, "--role caseworker --centre taza"),
        ("one-post", coordinator, "--role coordinator --centre midelt"),
        ("one-post", coordinator, "--role coordinator"),
    ):
        refused = jisr(f"key create {other} --label {label}", data)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert f"{label} is registered as {post}" in refused.stderr


def test_nobody_is_registered_for_a_key_that_would_end_too_late(office: Office) -> None:
    data, label = office.system.data, "too-late"
    made = jisr(f"key create --role auditor --label {label} --expires 2999-01-01", data)
    assert (made.returncode, made.stdout) == (1, "")
    assert "The last day of a key lies between" in made.stderr
    staff = office.administrator.found("/v1/staff")["staff"]
    assert label not in [each["label"] for each in staff]


def test_somebody_is_invited_and_ended_at_the_machine(office: Office) -> None:
    data = office.system.data
    key = jisr("key create --role auditor --label Invited.Post", data).stdout.strip()
    person = office.system.person(key)
    made = jisr("password invite Invited.Post", data)
    assert made.returncode == 0, made.stderr
    name, code = made.stdout.split()
    assert name == "invited.post"
    with httpx.Client(base_url=office.system.url, headers={"Origin": office.system.url}) as http:
        page = http.post("/console/invitation", data={"name": name, "code": code})
    assert 'name="new"' in page.text
    kinds = [each["kind"] for each in person.found("/v1/me")["notices"]]
    assert "password_in_your_name" in kinds, "it is announced from here too"
    assert jisr("password end Invited.Post", data).returncode == 0
    until(lambda: person.get("/v1/me").status_code == 401, "the key still opens")
    nobody = jisr("password invite nobody-here", data)
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "nobody is registered as nobody-here" in nobody.stderr


def test_only_roles_that_a_person_can_hold_are_offered(tmp_path: Path) -> None:
    shown = jisr("key create --help", tmp_path).stdout
    assert "caseworker|coordinator|division|auditor|administrator" in shown
    assert "timer" not in shown
    refused = jisr("key create --role timer --label x", tmp_path)
    assert refused.returncode == 2
    assert not list(tmp_path.iterdir())


def test_keys_are_listed_and_revoked_at_the_machine(office: Office) -> None:
    data, arguments = office.system.data, "key create --role auditor --label listed-post"
    first, second = (jisr(arguments, data) for _ in range(2))
    holder = office.system.person(first.stdout.strip())
    me = holder.found("/v1/me")
    assert f"until the end of {me['key_expires_on']}" in first.stderr
    (line,) = [each for each in listed(data) if older_key(second.stderr) in each]
    assert "listed-post auditor" in " ".join(line.split())
    assert "at the machine" in line
    assert me["key_expires_on"] in line
    revoked = jisr(f"key revoke {older_key(second.stderr)}", data)
    assert revoked.returncode == 0, revoked.stderr
    assert not [each for each in listed(data) if older_key(second.stderr) in each]
    (line,) = [each for each in listed(data, "--ended") if older_key(second.stderr) in each]
    assert "revoked" in line
    until(lambda: holder.get("/v1/me").status_code == 401, "the key opens still")
    again = jisr(f"key revoke {older_key(second.stderr)}", data)
    assert again.returncode == 1
    assert "it was revoked before" in again.stderr


def listed(data: Path, *options: str) -> list[str]:
    found = jisr(" ".join(("key list", *options)), data)
    assert found.returncode == 0, found.stderr
    return found.stdout.splitlines()


def older_key(said: str) -> str:
    """Beside which a second one was made; its id."""
    return said.rsplit("jisr key revoke ", 1)[1].split(maxsplit=1)[0]


def test_the_doctor_finds_a_running_installation_well(office: Office) -> None:
    found = well(office.system.data)
    for part in ("disk", "master key", "ledger", "clock", "projector", "Temporal", "worker"):
        assert f"well  {part}: " in found.stdout
    for follows in (
        "destroys the keys of the erased",
        "has the lists forgotten on which the erased are",
        "tells workflows what went past them",
    ):
        assert f"well  who {follows}: level with the ledger" in found.stdout


def well(data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the doctor says once all is well: on a busy machine somebody may be behind."""
    said: list[subprocess.CompletedProcess[str]] = []

    def is_well() -> bool:
        said[:] = [jisr("doctor", data, **environment)]
        return said[0].returncode == 0

    until(is_well, lambda: said[0].stdout)
    return said[0]


def test_the_doctor_names_a_follower_that_is_behind_and_what_it_passed_over(tmp_path: Path) -> None:
    """With nobody at work."""
    make_master_key(tmp_path / "master.key")
    settings = Settings(data=tmp_path)

    def of_keys() -> Finding:
        """Looked at before Temporal, which nobody need wait for."""
        parts = examine(settings)
        return next(each for each in parts if each.part == "who destroys the keys of the erased")

    made = jisr("key create --role administrator --label post-1", tmp_path)
    assert made.returncode == 0, made.stderr
    behind = of_keys()
    assert (behind.is_well, behind.found.startswith("3 events behind")) == (False, True)
    with opened_ledger(settings) as ledger, closing(ledger.feed.tracking()) as at:
        last = ledger.feed.stored(2)
        assert last is not None
        at.move(ERASURES, Mark.of(2, last), [2])
    failed = of_keys()
    assert failed.found.startswith("passed over 1 events")
    assert "at position 2" in failed.found + failed.advice


def test_the_doctor_says_what_to_do(tmp_path: Path) -> None:
    nothing = jisr("doctor", tmp_path / "none", JISR_TEMPORAL_ADDRESS="127.0.0.1:9")
    assert nothing.returncode == 2
    assert "start `jisr up` once" in nothing.stdout
    assert "master key" in nothing.stdout
    assert "JISR_TEMPORAL_ADDRESS" in nothing.stdout


def test_views_and_workflows_are_made_again(office: Office) -> None:
    rebuilt = jisr("rebuild views", office.system.data)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "The views are made anew" in rebuilt.stdout
    assert office.auditor.get("/v1/cases").status_code == 200
    swept = jisr("rebuild workflows", office.system.data)
    assert swept.returncode == 0, swept.stdout + swept.stderr
    assert " 0 failed" in swept.stdout
    last, before = office.auditor.found("/v1/upkeep")["acts"][:2]
    assert (last["act"], before["act"]) == ("workflows_rebuilt", "views_rebuilt")
    assert last["facts"].keys() == {"cases", "started", "refreshed", "replaced", "failed"}
    assert int(before["facts"]["position"]) < before["position"] < last["position"]


def test_a_bundle_leaves_a_running_house_and_both_are_verified(
    office: Office, tmp_path: Path
) -> None:
    data, bundle, held = office.system.data, tmp_path / "all.tar", tmp_path / "held"
    assert jisr(f"audit checkpoint --out {held}", data).returncode == 0
    made = jisr(f"audit export {bundle}", data)
    assert made.returncode == 0, made.stdout + made.stderr
    for which in ("", str(bundle)):
        well = jisr(f"audit verify {which} --checkpoint {held}", data)
        assert well.returncode == 0, well.stdout + well.stderr
        assert f"goes on from {'what you kept: ' if which else ''}{held}" in well.stdout
    changed = bytearray(bundle.read_bytes())
    changed[len(changed) // 2] ^= 1
    bundle.write_bytes(changed)
    assert jisr(f"audit verify {bundle}", data).returncode == 1
    held.write_text("nothing")
    assert jisr(f"audit verify --checkpoint {held}", data).returncode == 2
    last, before = office.auditor.found("/v1/upkeep")["acts"][:2]
    assert (last["act"], last["facts"]["kind"]) == ("checked", "verify")
    assert last["facts"]["result"] == "well"
    assert (before["act"], before["facts"]["kind"]) == ("exported", "bundle")


def test_an_upgrade_is_finished_once_and_by_an_administrator(office: Office) -> None:
    data = office.system.data
    for arguments in ("upgrade finish --dry-run", "upgrade finish --as administrator"):
        finished = jisr(arguments, data)
        assert finished.returncode == 0, finished.stderr
        assert "Finished already" in finished.stdout
    nobody = jisr("upgrade finish --as nobody", data)
    assert nobody.returncode == 1
    assert "No administrator is registered as nobody" in nobody.stderr
    assert "well  upgrade: finished" in jisr("doctor", data).stdout
    notes = office.auditor.found("/v1/upkeep")["notes"]
    assert [note["kind"] for note in notes] == ["made", "signed_by"]


def test_unsafe_settings_and_a_lost_master_key_end_with_a_sentence(tmp_path: Path) -> None:
    exposed = jisr("api --host 0.0.0.0", tmp_path)
    assert exposed.returncode == 2
    assert "JISR_EXPOSE" in exposed.stderr
    (tmp_path / "ledger.db").touch()
    lost = jisr("up --port 0", tmp_path)
    assert lost.returncode == 1
    assert "is missing" in lost.stderr
    assert "Traceback" not in exposed.stderr + lost.stderr


def test_a_port_that_is_taken_is_said_so(office: Office, tmp_path: Path) -> None:
    taken = jisr(f"up --port {office.system.port}", tmp_path)
    assert taken.returncode == 1
    assert "--port 0" in taken.stderr


def test_the_openapi_document_is_printed(tmp_path: Path) -> None:
    assert json.loads(jisr("openapi", tmp_path).stdout)["info"]["title"] == "Jisr"
