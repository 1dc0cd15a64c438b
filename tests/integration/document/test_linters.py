"""The committed OpenAPI document under a validator, and the recommended rules of two linters."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.documented import DOCUMENT
from tests.support.node import HERE, Absent, node_folder, once, run

CROOKED = {
    "openapi": "3.1.0",
    "info": {"title": "Crooked", "version": "1"},
    "paths": {"/a/{b}": {"get": {"responses": {"200": {"description": "Good"}}}}},
}
"""Breaks rules of both linters, so that a linter which finds nothing is found out."""


def test_it_keeps_to_openapi() -> None:
    command = [sys.executable, "-m", "openapi_spec_validator", str(DOCUMENT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert (done.returncode, done.stdout.split()[-1]) == (0, "OK"), done.stdout + done.stderr


def test_no_recommended_rule_of_redocly_or_spectral_is_broken(tmp_path: Path) -> None:
    try:
        folder = node_folder()
    except Absent as absent:
        pytest.skip(f"the document is not linted: {absent}")
    with once(folder, "linted", DOCUMENT, HERE / "lint.mjs") as to_do:
        if to_do:
            crooked = tmp_path / "crooked.json"
            crooked.write_text(json.dumps(CROOKED))
            done = run(folder, "node", "lint.mjs", str(DOCUMENT), str(crooked), seconds=200)
            assert done.returncode == 0, done.stderr
            found = [json.loads(line) for line in done.stdout.splitlines()]
            assert [fault for fault in found if fault["path"] == str(DOCUMENT)] == []
            assert {fault["linter"] for fault in found} == {"redocly", "spectral"}
