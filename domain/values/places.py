"""Morocco's provinces and prefectures with their regions, under stable codes."""

import csv
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from domain.errors import Unfit


class Place(BaseModel):
    """A province, prefecture or arrondissement prefecture: whoever signs agreements."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(examples=["taza"])
    kind: str
    name_fr: str
    name_ar: str
    region: int
    region_fr: str
    region_ar: str


@cache
def places() -> dict[str, Place]:
    """Every place by its code, in the official order."""
    text = files("domain").joinpath("data/places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["code"]: Place(
            code=row["code"],
            kind=row["kind"],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            region=int(row["region"]),
            region_fr=row["region_fr"],
            region_ar=row["region_ar"],
        )
        for row in rows
    }


def _known(code: str) -> str:
    if code not in places():
        raise Unfit("place_unknown")
    return code


ProvinceCode = Annotated[str, AfterValidator(_known), Field(max_length=60, examples=["taza"])]
"""A code of `places()`, such as `taza` or `al-haouz`."""
