"""The path that people read is the path that the code works from."""

import re
from pathlib import Path

from domain.commands import STEPS
from domain.path import PATH
from service.words.path import as_markdown, as_mermaid, as_text

COMMITTED = Path(__file__).parents[3] / "docs/path.md"


def test_the_committed_page_is_up_to_date() -> None:
    committed = COMMITTED.read_text(encoding="utf-8")
    assert committed == as_markdown(), "run: jisr path --markdown > docs/path.md"


def test_every_step_has_its_line_once() -> None:
    assert sorted(re.findall(r"^  (\S+)  \(", as_text(), re.MULTILINE)) == sorted(STEPS)
    assert sorted(re.findall(r"^\| `(\S+)` \|", as_markdown(), re.MULTILINE)) == sorted(STEPS)


def test_the_diagram_goes_from_the_first_part_to_the_last() -> None:
    arrows = re.findall(r"^  (\w+) --> (\w+)$", as_mermaid(), re.MULTILINE)
    *ordered, anywhere, requests, mending, money = [part.name for part in PATH]
    assert [arrows[0][0], *(after for _, after in arrows)] == ordered
    assert all(
        f"subgraph {beside}" in as_mermaid() for beside in (anywhere, requests, mending, money)
    )
