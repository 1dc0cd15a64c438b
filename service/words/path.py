"""The path of a case for people to read, made from the domain's tables: nothing is said twice.

As text for a terminal, as a Mermaid diagram, and as the page `docs/path.md`.
"""

from collections.abc import Iterator
from itertools import pairwise

from domain.case.vocabulary import TrackKind
from domain.commands import step_name
from domain.path import BESIDE, PATH
from domain.steps.handling import Handling
from domain.steps.table import Part
from domain.tracks.opening import OPENING
from domain.tracks.requests import REQUESTS
from domain.tracks.row import TrackHandling
from service.words.language import Language
from service.words.store import words
from service.words.track_drawn import about, drawn

PARTS = (*PATH, *BESIDE)

PAGE = """\
# The path of a case

Made from `domain/path.py` by `jisr path --markdown > docs/path.md`; a test holds it to the code.
A step is refused with the first of its codes that applies: it says what is missing, and stands here
in words with the code behind. What a step's own rule refuses beyond that stands with the rule.

Once a person's needs and plan are looked at, [tracks](#tracks-one-by-one) are opened on the case, one
after another or side by side, of one kind or several.

```mermaid
{diagram}```

## Tracks one by one

What each step leads to, and in a state those that lead to no other.
{tracks}"""

OF_A_TRACK = """
### {name}

{about}

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
    """The case's own parts in their order, and from the opening of tracks each kind's in theirs."""
    lines = ["flowchart TB"]
    for part in PATH:
        lines.append(f'  subgraph {part.name}["{title_of(part)}"]')
        lines.append("    direction LR")
        names = [step_name(row.step) for row in part.rows]
        lines.extend(f'    {_node(part, name)}["{name}"]' for name in names)
        lines.append("  end")
    ways = (_way_to_tracks(), *(_way_of(kind) for kind in TrackKind))
    pairs = (pair for way in ways for pair in pairwise(way))
    lines += [f"  {before} --> {after}" for before, after in dict.fromkeys(pairs)]
    return "\n".join(lines) + "\n"


def _way_to_tracks() -> list[str]:
    """What comes before a track, up to its opening."""
    names = [part.name for part in PATH]
    return names[: names.index(OPENING.name) + 1]


def _way_of(kind: TrackKind) -> list[str]:
    """The parts that tracks of a kind have, from the opening on."""
    own = (
        part.name
        for part in PATH
        if any(isinstance(row, TrackHandling) and kind in row.kinds for row in part.rows)
        and part is not REQUESTS
    )
    return [OPENING.name, *own]


def _node(part: Part, name: str) -> str:
    """A node's id. With its part's name before it, none is a word of Mermaid's own."""
    return f"{part.name}_{name}".replace("-", "_")


def as_markdown() -> str:
    """The page: the diagram of all, one of each kind of track, then a table a part."""
    said = words(Language.ENGLISH)
    tracks = "".join(
        OF_A_TRACK.format(name=said.of(kind), about=about(kind), diagram=drawn(kind))
        for kind in TrackKind
    )
    page = PAGE.format(diagram=as_mermaid(), tracks=tracks)
    return page + "".join(_table_of(part) for part in PARTS)


def _table_of(part: Part) -> str:
    lines = [
        f"\n## {title_of(part)}\n",
        "| step | what it does | who | refused with | recorded as |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in part.rows:
        cells = (
            f"`{step_name(row.step)}`",
            _does(row),
            people_of(row),
            ", ".join(map(_said, dict.fromkeys(codes_of(row)))),
            ", ".join(makes(row)),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _does(row: Handling) -> str:
    """The first sentence of what the step says of itself."""
    told = " ".join((row.step.__doc__ or "").split())
    first, dot, _ = told.partition(". ")
    return (first + "." if dot else told).replace("|", "\\|")


def _said(code: str) -> str:
    return f"{words(Language.ENGLISH).problem[code]['title']} (`{code}`)"
