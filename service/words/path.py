"""The path of a case for people to read, made from the domain's tables: nothing is said twice.

As text for a terminal, as a Mermaid diagram, and as the page `docs/path.md`.
"""

from collections.abc import Iterator
from itertools import pairwise

from domain.case.path import ANYWHERE
from domain.commands import step_name
from domain.mending.money import MENDING_MONEY
from domain.mending.path import MENDING
from domain.path import BESIDE, PATH
from domain.steps.handling import Handling
from domain.steps.table import Part
from domain.tracks.requests import REQUESTS
from domain.tracks.row import TrackHandling

PARTS = (*PATH, *BESIDE)
AT_ANY_TIME = (ANYWHERE, REQUESTS, MENDING, MENDING_MONEY)

PAGE = """\
# The path of a case

Made from `domain/path.py` by `jisr path --markdown > docs/path.md`; a test holds it to the code.
A step is refused with the first of its codes that applies: the code says what is missing. What a
step's own rule refuses beyond that stands with the rule.

```mermaid
{diagram}```
"""


def title_of(part: Part) -> str:
    """`project_approval` → `Project approval (self_employment)`: with the track it belongs to."""
    name = part.name.replace("_", " ").capitalize()
    kinds = dict.fromkeys(
        kind for row in part.rows if isinstance(row, TrackHandling) for kind in row.kinds
    )
    return f"{name} ({', '.join(kinds)})" if kinds else name


def people_of(row: Handling) -> str:
    return ", ".join(sorted(row.who))


def codes_of(row: Handling) -> list[str]:
    """The codes the step is refused with, in the order they are looked at."""
    return [condition.code for condition in row.when]


def makes(row: Handling) -> list[str]:
    return [event.stored for event in row.makes]


def as_text() -> str:
    """Part by part, each step with who may take it, what refuses it, and what it makes."""
    return "\n".join(line for part in PARTS for line in _text_of(part))


def _text_of(part: Part) -> Iterator[str]:
    yield title_of(part)
    for row in part.rows:
        yield f"  {step_name(row.step)}  ({people_of(row)})"
        if row.when:
            yield f"    refused:  {', '.join(codes_of(row))}"
        yield f"    recorded: {', '.join(makes(row))}"
    yield ""


def as_mermaid() -> str:
    """The parts in their order as a flowchart; beside them what can happen anywhere."""
    lines = ["flowchart TB"]
    for part in PATH:
        lines.append(f'  subgraph {part.name}["{title_of(part)}"]')
        lines.append("    direction LR")
        names = [step_name(row.step) for row in part.rows]
        lines.extend(f'    {_node(part, name)}["{name}"]' for name in names)
        lines.append("  end")
    ordered = (part.name for part in PATH if part not in AT_ANY_TIME)
    lines += [f"  {before} --> {after}" for before, after in pairwise(ordered)]
    return "\n".join(lines) + "\n"


def _node(part: Part, name: str) -> str:
    """A node's id. With its part's name before it, none is a word of Mermaid's own."""
    return f"{part.name}_{name}".replace("-", "_")


def as_markdown() -> str:
    """The page: the diagram, then a table a part."""
    return PAGE.format(diagram=as_mermaid()) + "".join(_table_of(part) for part in PARTS)


def _table_of(part: Part) -> str:
    lines = [
        f"\n## {title_of(part)}\n",
        "| step | who | refused with | recorded as |",
        "| --- | --- | --- | --- |",
    ]
    for row in part.rows:
        codes = ", ".join(f"`{code}`" for code in codes_of(row))
        recorded = ", ".join(makes(row))
        lines.append(f"| `{step_name(row.step)}` | {people_of(row)} | {codes} | {recorded} |")
    return "\n".join(lines) + "\n"
