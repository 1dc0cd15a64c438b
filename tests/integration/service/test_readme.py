"""The first step as README.md tells it, typed into a shell."""

import json
import os
import shlex
import shutil
import subprocess
import sys

from tests.integration.service.conftest import Office
from tests.support.system import ROOT


def _with_curl(script: str) -> str:
    """The script, with a stand-in where the machine has no curl."""
    if shutil.which("curl"):
        return script
    stand_in = ROOT / "tests" / "support" / "curl.py"
    command = shlex.join([sys.executable, str(stand_in)])
    return f'curl() {{ {command} "$@"; }}\n{script}'


def test_the_first_real_step_by_curl(office: Office) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## The first real step")[1]
    script = next(block for block in section.split("```") if "curl" in block)
    data = office.system.data
    for said, here in (
        ("http://127.0.0.1:8400", office.system.url),
        ("~/.local/share/jisr", str(data)),
        (".venv/bin/jisr", f"{shlex.quote(sys.executable)} -m service"),
    ):
        assert said in script
        script = script.replace(said, here)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", _with_curl(script)],
        cwd=ROOT,
        env={**os.environ, "JISR_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    case = json.loads(done.stdout[done.stdout.rindex("\n{\n") :])
    assert (case["version"], case["name_latin"]) == (2, "Salma Elmithal")
    assert "rule-on-eligibility" in [step["step"] for step in case["open_steps"]]
