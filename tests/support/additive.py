"""What a migration may do while processes of the release before go on beside it.

They read and write by the tables as they knew them: so nothing they use may go, be renamed or
grow stricter, and nothing may lock a large table for long. What is made in the same migration is
used by nobody yet, and free.
"""

import re
from collections.abc import Iterator, Sequence

from ledger.migrations import Step, statements

_CONSTANT = r"(?:'[^']*'|-?\d+|TRUE|FALSE)"
_COLUMN = re.compile(
    rf"\w+ \w+(?: (?:NULL|DEFAULT {_CONSTANT}|NOT NULL DEFAULT {_CONSTANT}))?",
    re.IGNORECASE,
)
"""A column that who does not know it leaves alone: it needs no value, and forbids none."""

_DOLLARS = re.compile(r"\$(\w*)\$.*?\$\1\$", re.DOTALL)
_NAME = r"(?P<on>[\w.]+)"
_MAKES = re.compile(rf"CREATE (?:TABLE|FUNCTION) {_NAME}", re.IGNORECASE)
_ALWAYS = re.compile(r"CREATE (?:TABLE|INDEX|FUNCTION) [\w.]+|GRANT |COMMENT ON ", re.IGNORECASE)
_ADDS = re.compile(rf"ALTER TABLE {_NAME} ADD COLUMN (?P<column>.*)", re.IGNORECASE)
_TOUCHES = re.compile(
    rf"(?:ALTER TABLE|INSERT INTO|CREATE UNIQUE INDEX \w+ ON|CREATE TRIGGER .+? ON"
    rf"|REVOKE .+? ON (?:FUNCTION )?) ?{_NAME}",
    re.IGNORECASE,
)


def not_additive(database: str, steps: Sequence[Step]) -> list[str]:
    """The statements after the base that a process of the release before may trip over.

    Each as `number: statement`. What is not known to be harmless counts.
    """
    return [
        f"{step.number}: {statement}"
        for step in steps[1:]
        for statement in _harmful(database, step.sql)
    ]


def _harmful(database: str, script: str) -> Iterator[str]:
    made: set[str] = set()
    for statement in _split(database, script):
        makes = _MAKES.match(statement)
        if makes:
            made.add(makes["on"])
        touches = _TOUCHES.match(statement)
        if _ALWAYS.match(statement) or (touches and touches["on"] in made):
            continue
        adds = _ADDS.match(statement)
        if not (adds and _COLUMN.fullmatch(adds["column"])):
            yield statement


def _split(database: str, script: str) -> Iterator[str]:
    """The statements, without comments, each on a line; the bodies of functions left out."""
    bare = "\n".join(line.partition("--")[0] for line in script.splitlines()) + "\n"
    whole = statements(bare) if database == "sqlite" else _DOLLARS.sub("$$", bare).split(";")
    for statement in whole:
        if line := " ".join(statement.split()).rstrip("; "):
            yield line
