"""The questions of a form: what each is called, how it is put, and what can be chosen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from service.console.forms.layout import When

Options = Mapping[str, str]
"""What can be chosen, by its code, in the reader's language."""
Candidates = Mapping[str, Options]
"""By the question's name."""


class Kind(StrEnum):
    """How a question is put."""

    TEXT = "text"
    LONG = "long"
    """Several lines of text: how long it may be stands beside it, and who reads it."""
    DAY = "day"
    THE_DAY = "the_day"
    """The day a step happened: today, yesterday, or another day."""
    AMOUNT = "amount"
    NUMBER = "number"
    YES_NO = "yes_no"
    """None is chosen before somebody chooses."""
    RADIOS = "radios"
    SELECT = "select"
    CHECKS = "checks"
    """Several of what can be chosen."""
    FOUND = "found"
    """One of those that a search on the form finds."""
    ENTRY = "entry"
    """An entry of the registry, among those of the step's day; a search on the form finds others."""
    GROUP = "group"
    """A record: its questions together. Also a table of codes, a question for each."""
    LINES = "lines"
    """Several texts, a line each; or several that are chosen among very many."""
    ROWS = "rows"
    """Several records, a group each; another is added."""
    KNOWN_ROWS = "known_rows"
    """Several records, one for each thing that is known; those without an answer are left out."""
    HAND = "hand"
    """Put and read by an asker of its own."""


CHOSEN = frozenset({Kind.RADIOS, Kind.SELECT, Kind.FOUND, Kind.ENTRY})
GROWING = frozenset({Kind.LINES, Kind.ROWS})


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is the field's, from the top of the model."""

    name: str
    kind: Kind
    label: str
    hint: str | None = None
    example: str | None = None
    optional: bool = False
    options: Options | None = None
    """What can be chosen; of rows of known things: the things, each with what it is."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The codes of a long list, by the heading under which they stand."""
    inside: tuple["Question", ...] = ()
    """The questions of a group, or of each row."""
    fills: tuple[str, ...] = ()
    """Fields beside it that the same choice answers, by their own names."""
    when: When | None = None
    limit: int | None = None
    """So many signs at most, of a long text."""
    read_by: str | None = None
    """Who reads a long text: the name of the words."""
    key: str = ""
    """Of rows of known things: the field that says which one a row is about."""
    ticked: bool = False
    """Whether a row of a known thing counts by a tick; else by any answer in it."""
    hand: str = ""
    """Which asker puts it."""
    kinds: tuple[str, ...] = ()
    """Of entries of the registry: which can be chosen."""

    @property
    def own(self) -> str:
        """The field's own name."""
        return self.name.rpartition(".")[2]


def every(questions: Iterable[Question]) -> Iterator[Question]:
    """The questions and those inside them."""
    for each in questions:
        yield each
        yield from every(each.inside)


def inside_of(question: Question, name: str) -> Iterator[tuple[Question, str]]:
    """The questions inside one that stands at `name`, with where each stands."""
    for each in question.inside:
        yield each, f"{name}.{each.own}"
