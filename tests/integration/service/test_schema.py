"""schemathesis over the whole API: no server error, and no answer that is not documented."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
SETTINGS = """\
[parameters]
"path.case_id" = "{case}"
"path.beneficiary_id" = "{beneficiary}"
"path.agreement_id" = "{agreement}"
"path.ceremony_id" = "{ceremony}"
"""


@pytest.mark.timeout(300)
def test_schemathesis_finds_no_server_error_and_no_undocumented_answer(
    office: Office, tmp_path: Path
) -> None:
    """Half of the runs with ids that are real, so that they come past "not found"."""
    story = Story(office)
    story.sign()
    story.schedule()
    story.open()
    story.walk(story.steps(), until="propose-project")
    known = tmp_path / "known.toml"
    known.write_text(SETTINGS.format(**story.ids))
    unknown = tmp_path / "unknown.toml"
    unknown.write_text("")
    caseworker, division, administrator = (
        person.key for person in (office.caseworker, office.division, office.administrator)
    )
    run(office, known, caseworker, "--phases", "examples,fuzzing", "--max-examples", "3")
    run(office, unknown, caseworker, "--phases", "coverage")
    few = ("--phases", "examples,fuzzing", "--max-examples", "2")
    of_office = "/v1/(staff|access-keys|centres)"
    run(office, unknown, administrator, *few, "--include-path-regex", of_office)
    of_division = "/v1/(agreements|ceremonies|reports|beneficiaries)"
    run(office, known, division, *few, "--include-path-regex", of_division)


def run(office: Office, settings: Path, key: str, *options: str) -> None:
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(settings)),
        *("run", f"{office.system.url}/openapi.json", "--seed", "20240718", "--no-color"),
        *("--header", f"Authorization: Bearer {key}", "--checks", ",".join(CHECKS)),
        *("--generation-deterministic", "--warnings", "off"),
        *options,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=settings.parent, timeout=200
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
