"""Morocco's regions, provinces and prefectures, under stable codes, with when each was in force.

Their dates: the twelve regions took the place of sixteen with the elections of 4 September 2015;
decree 2-09-319 made thirteen provinces on 11 June 2009. A place without a date is as old as the
programme, or older.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from domain.errors import Unfit
from domain.values.validity import Dated, Validity


class _InForce(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date | None
    """Null: as old as the programme, or older."""
    until: date | None

    @property
    def validity(self) -> Validity:
        return Validity(self.since, self.until)


class Region(_InForce):
    """A region; of those before September 2015 too."""

    code: str = Field(examples=["fes-meknes"])
    number: int | None
    """The official one; null for a region that is no more."""
    name_fr: str
    name_ar: str


class Place(_InForce):
    """A province, prefecture or arrondissement prefecture: whoever signs agreements."""

    code: str = Field(examples=["taza"])
    kind: str
    name_fr: str
    name_ar: str
    region: str = Field(examples=["fes-meknes"])
    """Of today's regions, by its code."""
    region_fr: str
    region_ar: str


@cache
def regions() -> Mapping[str, Region]:
    """Every region by its code, those of today first, in the official order."""
    return {
        row["code"]: Region(
            code=row["code"],
            number=int(row["number"]) if row["number"] else None,
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            since=_day(row["since"]),
            until=_day(row["until"]),
        )
        for row in _rows("regions")
    }


@cache
def places() -> Mapping[str, Place]:
    """Every place by its code, in the official order."""
    return {row["code"]: _place(row, regions()[row["region"]]) for row in _rows("places")}


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = files("domain").joinpath(f"data/{file}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _place(row: Mapping[str, str], region: Region) -> Place:
    return Place(
        code=row["code"],
        kind=row["kind"],
        name_fr=row["name_fr"],
        name_ar=row["name_ar"],
        region=region.code,
        region_fr=region.name_fr,
        region_ar=region.name_ar,
        since=_day(row["since"]),
        until=_day(row["until"]),
    )


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


CASABLANCA = "casablanca"
ARRONDISSEMENT = "arrondissement_prefecture"


@cache
def _arrondissements() -> frozenset[str]:
    """The arrondissement prefectures, all of which lie inside Casablanca."""
    return frozenset(each.code for each in places().values() if each.kind == ARRONDISSEMENT)


def inside(codes: Iterable[str]) -> frozenset[str]:
    """These places, and those that lie inside one of them."""
    found = frozenset(codes)
    return found | _arrondissements() if CASABLANCA in found else found


@cache
def places_of_region(region: str | None) -> frozenset[str]:
    """The places of one of today's regions; none of a former one's are known."""
    return frozenset(each.code for each in places().values() if each.region == region)


def _known_province(code: str) -> str:
    if code not in places():
        raise Unfit("place_unknown")
    return code


def _known_region(code: str) -> str:
    if code not in regions():
        raise Unfit("region_unknown")
    return code


ProvinceCode = Annotated[
    str,
    AfterValidator(_known_province),
    Dated(lambda code: places()[code].validity),
    Field(max_length=60, examples=["taza"]),
]
"""A code of `places()`, such as `taza` or `al-haouz`; a step tells of it while it is in force."""

RegionCode = Annotated[
    str,
    AfterValidator(_known_region),
    Dated(lambda code: regions()[code].validity),
    Field(max_length=60, examples=["fes-meknes"]),
]
"""A code of `regions()`; a step tells of it while it is in force."""
