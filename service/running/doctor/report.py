"""What the doctor found, for a person and for a program."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from service.running.doctor.finding import Finding, Severity, worst_of

VERSION = 1
"""Of the object: a field may be added to it, and none changes its meaning within a version."""
MARKS = {Severity.WELL: "well", Severity.WARNING: "WARNING", Severity.BROKEN: "BROKEN"}


def as_text(findings: Sequence[Finding]) -> str:
    return "\n".join(line for finding in findings for line in _lines(finding))


def _lines(finding: Finding) -> list[str]:
    said = [f"{MARKS[finding.severity]}  {finding.part}: {finding.found}"]
    return [*said, f"      → {finding.advice}"] if finding.advice else said


def as_json(findings: Sequence[Finding]) -> str:
    """One object: `version`, the worst `severity`, and `findings`, the worst first."""
    found = {
        "version": VERSION,
        "severity": worst_of(findings),
        "findings": [asdict(finding) for finding in findings],
    }
    return json.dumps(found, ensure_ascii=False)
