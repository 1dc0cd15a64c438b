"""What a list is asked for by its address: codes, never a name."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from domain.case.schedule import ReviewStatus
from domain.case.vocabulary import Stage, TrackKind
from domain.errors import Refused
from domain.values.places import places
from projections.views.caseload import Counts, Filters
from service.console.showing.list_rows import Known
from service.words import writing
from service.words.language import Language
from service.words.store import words

MINE, EVERYBODY = "mine", "everybody"
BY_CODE = (
    "stage",
    "track",
    "status",
    "waits_for",
    "province",
    "centre",
    "caseworker",
    "entry",
    "sort",
)
PAUSED = "paused"
"""A case may be asked for by how its reviews stand, or by that it rests."""
STUDY, REFERRAL = "study", "referral"
"""What a case may be said to wait for."""
BY_OPENING = ("-opened_on", "opened_on")
"""The other orders of cases."""
TWO = 2
"""Fewer than two values are nothing to choose from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for."""

    path: str
    whose: str
    stage: str | None = None
    track: str | None = None
    status: str | None = None
    waits_for: str | None = None
    province: str | None = None
    centre: str | None = None
    caseworker: str | None = None
    """Of the centre's list: whose cases alone, by their id."""
    entry: str | None = None
    sort: str | None = None

    @classmethod
    def of(cls, path: str, query: Mapping[str, str], whose: str) -> "Asked":
        """`whose`: of whom it is where the address says nothing.

        Raises `Refused("filter_unknown")` for a value that is none; a centre is judged by whoever
        knows which there are.
        """
        given = {name: query[name] for name in BY_CODE if query.get(name)}
        asked = query.get("whose") or whose
        if asked not in (MINE, EVERYBODY) or not all(
            given[name] in known for name, known in _known().items() if name in given
        ):
            raise Refused("filter_unknown")
        if asked == MINE:
            given.pop("caseworker", None)
        as_id(given.get("caseworker"))
        return cls(path, asked, **given)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set."""
        found = {name: getattr(self, name) for name in BY_CODE}
        return {name: value for name, value in found.items() if value}

    @property
    def said(self) -> dict[str, str]:
        """All that the address says of the list itself."""
        return {"whose": self.whose, **self.chosen}

    def filters(self, own: UUID, text: str | None) -> Filters:
        return Filters(
            text=text,
            stage=Stage(self.stage) if self.stage else None,
            track=TrackKind(self.track) if self.track else None,
            status="due"
            if self.status == "due"
            else "overdue"
            if self.status == "overdue"
            else None,
            paused=True if self.status == PAUSED else None,
            waits_for_study=True if self.waits_for == STUDY else None,
            to_refer=True if self.waits_for == REFERRAL else None,
            province=self.province,
            centre=self.centre,
            entry=self.entry,
            caseworker=own if self.whose == MINE else as_id(self.caseworker),
        )

    def address(self, after: str | None = None, **other: Any) -> str:
        """The address of the same list with something else chosen."""
        asked = replace(self, **other)
        query = asked.said | ({"after": after} if after else {})
        return f"{asked.path}?{urlencode(query)}"


def as_id(text: str | None) -> UUID | None:
    """Raises `Refused("filter_unknown")` for what is no id."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Refused("filter_unknown") from None


def _known() -> Mapping[str, Collection[str]]:
    statuses = (ReviewStatus.DUE, ReviewStatus.OVERDUE, PAUSED)
    return {
        "stage": set(Stage),
        "track": set(TrackKind),
        "status": statuses,
        "waits_for": {STUDY, REFERRAL},
        "province": places(),
        "sort": BY_OPENING,
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter that can be set, with what there is to choose from."""

    name: str
    label: str
    options: Mapping[str, str]
    chosen: str | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set."""

    label: str
    text: str
    without: str


def choices(asked: Asked, counts: Counts, known: Known, language: Language) -> Iterator[Choice]:
    """The filters that would leave something out, of all that the reader may see."""
    said = words(language)
    for name, options in _options(counts, known, language).items():
        chosen = asked.chosen.get(name)
        if len(options) >= TWO or chosen:
            yield Choice(name, said.page[LABELS.get(name, name)], options, chosen)


def _options(counts: Counts, known: Known, language: Language) -> Mapping[str, Mapping[str, str]]:
    said = words(language)
    stages = {str(stage): said.of(stage) for stage, many in counts.by_stage.items() if many}
    statuses = {ReviewStatus.OVERDUE: counts.overdue, ReviewStatus.DUE: counts.due}
    return {
        "status": {str(status): said.of(status) for status, many in statuses.items() if many}
        | {PAUSED: said.page[PAUSED]},
        "stage": stages,
        "track": {kind: said.of(kind) for kind, many in counts.by_track.items() if many},
        "province": {code: writing.province(code, language) for code in counts.by_province},
        "centre": {code: known.centres.get(code, code) for code in counts.by_centre},
        "sort": {each: said.page[SORTED[each]] for each in BY_OPENING},
    }


def chips(asked: Asked, known: Known, language: Language) -> Iterator[Chip]:
    said = words(language)
    for name, value in asked.chosen.items():
        label = said.page[LABELS.get(name, name)]
        yield Chip(label, named(name, value, known, language), asked.address(**{name: None}))


LABELS = {"entry": "entry_taken_by", "sort": "sorted_by"}


def named(name: str, value: str, known: Known, language: Language) -> str:
    """What is chosen by a code of an address, as people say it."""
    said = words(language)
    return {
        "stage": lambda code: said.code["Stage"][code],
        "track": lambda code: said.code["TrackKind"][code],
        "status": lambda code: said.code["ReviewStatus"].get(code) or said.page[code],
        "kind": lambda code: said.code["ReviewKind"][code],
        "late": lambda code: said.page[f"late_{code}"],
        "sort": lambda code: said.page[SORTED[code]],
        "waits_for": lambda code: said.page[f"waits_for_{code}"],
        "province": lambda code: writing.province(code, language),
        "centre": lambda code: known.centres.get(code, code),
        "caseworker": lambda code: _post(known, code),
        "entry": lambda code: known.entry(code, date.max),
    }[name](value)


SORTED = {
    "-pressing": "sorted_latest",
    "begins": "sorted_begins",
    "-opened_on": "sorted_newest",
    "opened_on": "sorted_oldest",
}
"""Orders that a list can be put into, by what they are called; its first one is not said."""


def _post(known: Known, code: str) -> str:
    """Of whoever the reader may know of; their id for all others."""
    post = known.staff.get(UUID(code))
    return post if isinstance(post, str) else code
