"""What the doctor found, for a person and for a program."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from service.running.doctor.finding import Finding

VERSION = 1
"""Of the object: a field may be added to it, and none changes its meaning within a version."""


def as_text(findings: Sequence[Finding]) -> str:
    return "\n".join(line for finding in findings for line in _lines(finding))


def _lines(finding: Finding) -> list[str]:
    mark = "well" if finding.well else "NOT WELL"
    said = [f"{mark}  {finding.part}: {finding.found}"]
    return said if finding.well or not finding.advice else [*said, f"      → {finding.advice}"]


def as_json(findings: Sequence[Finding]) -> str:
    """One object: `version`, `well`, and `findings` in the order of their weight."""
    well = all(finding.well for finding in findings)
    found = [asdict(finding) for finding in findings]
    return json.dumps({"version": VERSION, "well": well, "findings": found}, ensure_ascii=False)
