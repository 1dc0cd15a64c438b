"""What is pasted of a list: a reference on each line, or columns under heads.

From a spreadsheet columns come with tabs, from a file with commas or semicolons. The first line has
heads where one of its cells says whose a line is: `reference`, `number`, `name`, `prison`, in any of the
three languages; then the other columns answer the questions of the step that they are named for. Empty
lines are passed over.
"""

import csv
import io
from dataclasses import dataclass, field

from domain.batch.steps import MOST_ANSWERS_A_LINE, MOST_LINES
from domain.errors import Unfit
from domain.values.texts import one_line
from service.problems.faults import Fault, Faults
from service.problems.problem import Rejected

REFERENCE, NUMBER = "reference", "number"
KEPT_ASIDE = frozenset({REFERENCE, NUMBER, "name", "prison"})
"""Heads of what says whose a line is, and answers no question of its step."""
HEADS = {
    head: name
    for name, heads in {
        REFERENCE: ("référence", "référence du dossier", "المرجع", "مرجع الملف"),
        NUMBER: ("numéro", "numero", "n°", "numéro d'écrou", "cin", "الرقم", "رقم الاعتقال"),
        "name": ("nom", "nom complet", "nom et prénom", "الاسم", "الاسم الكامل"),
        "prison": ("établissement", "établissement pénitentiaire", "السجن", "المؤسسة السجنية"),
        "occurred_on": ("date", "التاريخ"),
    }.items()
    for head in heads
}
"""How lists that come from elsewhere call these columns."""
SEPARATORS = "\t;,"
MOST_SAID = 100


@dataclass(frozen=True, slots=True)
class Pasted:
    """One line."""

    reference: str
    said: str
    answers: dict[str, str] = field(default_factory=dict)
    number: str = ""
    """Of a person: of a paper, or of a stay in detention."""


def pasted_in(text: str) -> list[Pasted]:
    """The lines of a text. Raises `Rejected` for too many, and for what cannot be read."""
    rows = rows_in(text)
    heads = [_head(cell) for cell in rows[0]] if rows else []
    if KEPT_ASIDE.isdisjoint(heads):
        return [Pasted(_tidy(row[0]), _said(row)) for row in rows]
    return [_of_columns(row, heads) for row in rows[1:]]


def _head(cell: str) -> str:
    said = " ".join(cell.lower().replace("’", "'").split())
    return HEADS.get(said, said)


def rows_in(text: str) -> list[list[str]]:
    """The cells of each line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((each for each in SEPARATORS if each in first), ",")
    try:
        found = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        raise _rejected("unreadable") from None
    if len(found) > MOST_LINES:
        raise Rejected("batch_lines_too_many", count=MOST_LINES)
    return found


def _of_columns(row: list[str], heads: list[str]) -> Pasted:
    cells = dict(zip(heads, row, strict=False))
    said = {head: value for head, value in cells.items() if head and value}
    answers = {head: value for head, value in said.items() if head not in KEPT_ASIDE}
    if len(answers) > MOST_ANSWERS_A_LINE:
        raise _rejected("too_long")
    reference, number = (cells.get(head, "") for head in (REFERENCE, NUMBER))
    return Pasted(_tidy(reference or number), _said(row), answers, number)


def _tidy(reference: str) -> str:
    """As references are written: `fes-24-0173` is `FES-24-0173`."""
    return reference.strip().upper()


def _said(row: list[str]) -> str:
    """What is kept of the line; raises `Rejected` for signs that nobody can read."""
    said = ", ".join(cell for cell in row if cell)[:MOST_SAID]
    try:
        return one_line(said)
    except Unfit as unfit:
        raise _rejected(unfit.code) from None


def _rejected(code: str) -> Rejected:
    return Rejected("validation_failed", Faults.of([Fault("/text", code)]))
