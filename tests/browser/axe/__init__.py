"""axe-core, checked against its hash before it looks at a page."""

import hashlib
from pathlib import Path
from typing import Any

SHA256 = "e9e5863c33a874f09bc01acd9234b7e3c871479f5eef8802fa582544465e6d01"
"""Of axe-core 4.11.0's `axe.min.js`."""
FILE = Path(__file__).with_name("axe.min.js")
RUN = """
axe.run(document, { resultTypes: ["violations"], selectors: false })
    .then((found) => found.violations)
"""
"""What is right need not be told, nor where it is."""


def source() -> str:
    content = FILE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256, f"{FILE} is not what it was"
    return content.decode()


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong with the page that is open, each with where."""
    page.evaluate(source())
    found = page.evaluate(RUN)
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
    ]
