"""schemathesis over the API of a running installation: from a thin survey to a whole one."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
"path.project_id" = "{project}"
"""
EVERYTHING = "."
ONE_OF_A_KIND = (
    r"/v1/(cases|cases/search|reminders|reports/[^/]+)$|/steps/(add-note|propose-project)$"
)
"""Bodies are read by the same code, each by its own form; so are paths and parameters."""


@dataclass(frozen=True)
class Extent:
    """How much of it."""

    examples: int
    """Drawn for each operation, as the caseworker."""
    of_others: int
    """As the administrator and as the division."""
    covered: str
    """The paths, as a pattern, that are tried with each of their limits and with methods and
    values that they do not take."""
    seed: int | None = None
    """Of what is drawn; without one it is the same each time."""


def survey(office: Office, folder: Path, extent: Extent) -> None:
    """Half of the runs with ids that are real, so that they come past "not found"."""
    known, unknown = folder / "known.toml", folder / "unknown.toml"
    known.write_text(SETTINGS.format(**ids(office)))
    unknown.write_text("")
    caseworker, division, administrator = (
        person.key for person in (office.caseworker, office.division, office.administrator)
    )

    drawing = "--generation-deterministic" if extent.seed is None else f"--seed={extent.seed}"

    def run(settings: Path, key: str, *options: str) -> None:
        _run(office, settings, key, drawing, *options)

    drawn = ("--phases", "examples,fuzzing", "--max-examples")
    run(known, caseworker, *drawn, str(extent.examples))
    run(unknown, caseworker, "--phases", "coverage", "--include-path-regex", extent.covered)
    few = (*drawn, str(extent.of_others), "--include-path-regex")
    run(unknown, administrator, *few, "/v1/(staff|access-keys|centres)")
    run(known, division, *few, "/v1/(agreements|ceremonies|reports|beneficiaries)")


def ids(office: Office) -> dict[str, str]:
    """Of a case on its way, and what belongs to it."""
    story = Story(office)
    story.sign()
    story.schedule()
    story.open()
    story.walk(story.steps(), until="record-study")
    return story.ids


def _run(office: Office, settings: Path, key: str, *options: str) -> None:
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(settings)),
        *("run", f"{office.system.url}/openapi.json", "--no-color"),
        *("--header", f"Authorization: Bearer {key}", "--checks", ",".join(CHECKS)),
        *("--warnings", "off"),
        *options,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=settings.parent, timeout=600
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
