"""schemathesis over the API of a running installation: from a thin survey to a whole one."""

import json
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
"path.session_id" = "{session}"
"path.ceremony_id" = "{ceremony}"
"path.cohort_id" = "{cohort}"
"path.project_id" = "{project}"
"""
EVERYTHING = "."
ONE_AFTER_ANOTHER = """
import json, sys
from schemathesis.cli import schemathesis
for run in json.loads(sys.argv[1]):
    try:
        schemathesis.main(run)
    except SystemExit as end:
        if end.code:
            raise
"""
"""Runs of schemathesis in one process: to load it, and the document, takes as long as some of them."""
ONE_OF_A_KIND = r"/v1/(cases|reports/[^/]+)$|/steps/add-note$"
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
    shown: bool = True
    """Whether the document's own examples are tried too; `test_whole_case.py` takes each."""
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

    runs: list[list[str]] = []
    drawing = "--generation-deterministic" if extent.seed is None else f"--seed={extent.seed}"

    def run(settings: Path, key: str, *options: str) -> None:
        runs.append(_run(office, settings, key, drawing, *options))

    phases = "examples,fuzzing" if extent.shown else "fuzzing"
    drawn = ("--phases", phases, "--max-examples")
    run(known, caseworker, *drawn, str(extent.examples))
    run(unknown, caseworker, "--phases", "coverage", "--include-path-regex", extent.covered)
    few = (*drawn, str(extent.of_others), "--include-path-regex")
    run(unknown, administrator, *few, "/v1/(staff|access-keys|centres|registry)")
    run(known, division, *few, "/v1/(agreements|sessions|orders|ceremonies|reports|beneficiaries)")
    command = [sys.executable, "-c", ONE_AFTER_ANOTHER, json.dumps(runs)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, timeout=1800
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def ids(office: Office) -> dict[str, str]:
    """Of a case on its way, and what belongs to it."""
    story = Story(office)
    story.sign()
    story.schedule()
    story.plan()
    story.open()
    story.walk(story.steps(), until="record-study")
    return story.ids


def _run(office: Office, settings: Path, key: str, *options: str) -> list[str]:
    """The arguments of one."""
    return [
        *("--config-file", str(settings)),
        *("run", f"{office.system.url}/openapi.json", "--no-color"),
        *("--header", "Jisr-Purpose: audit"),
        *("--header", f"Authorization: Bearer {key}", "--checks", ",".join(CHECKS)),
        *("--warnings", "off"),
        *options,
    ]
