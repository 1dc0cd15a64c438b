"""The steps that keep the registry."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from domain.message import LongText, Message, NameText, Step
from domain.registry.events import ServedProvince
from domain.values.codes import Code, EntryKind
from domain.values.days import ValidityDay
from domain.values.places import ProvinceCode
from domain.values.texts import in_tifinagh

CentreLetters = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Catchment(ServedProvince, Message):
    """A province a centre serves, between two days; open at the end while it does."""

    province: ProvinceCode
    since: ValidityDay = Field(examples=["2015-01-01"])
    until: ValidityDay | None = None


class RegisterCentre(Step):
    """Register a centre and its catchment, or give one that is registered other names.

    Which provinces that one serves is said as it is: it changes from a day on by `change-catchment`,
    and what was mistaken is mended by `correct-catchment`.
    """

    centre: Code = Field(examples=["taza"])
    code: CentreLetters = Field(examples=["TAZ"])
    """What references of its cases begin with; no other centre ever has it."""
    name_fr: NameText
    name_ar: NameText
    catchment: tuple[Catchment, ...] = Field(min_length=1, max_length=83)


class RegisterEntry(Step):
    """Register a prison, committee, school, supplier or the like, or change its names and days.

    A coordinator registers suppliers, companies and associations of the provinces that the centre
    serves; the rest is the administrator's. What steps tell of before `until` stays as it was, and
    what happened before the day of another name goes by the name it had. Search for it first, by
    `search-registry`: it may be there under another spelling.
    """

    kind: EntryKind = Field(examples=["supplier"])
    """Of a code that is registered it never changes."""
    entry: Code = Field(examples=["supplier-taza"])
    """The code by which steps name it, for good."""
    name_fr: NameText
    name_ar: NameText
    name_tifinagh: Annotated[NameText, AfterValidator(in_tifinagh)] | None = Field(
        None, examples=["ⵜⴰⵣⴰ"]
    )
    province: ProvinceCode | None = None
    """Where it lies; without one it belongs to the whole country."""
    since: ValidityDay = Field(examples=["2015-01-01"])
    """The first day on which a step may name it."""
    until: ValidityDay | None = None
    """The last one; give it to end its validity."""


class MergeEntries(Step):
    """Say that two entries are one: from now on the first goes by the other.

    Both are of one kind. What names the first stays as it was recorded; what names either of them
    from now on is recorded for the one that goes on, on each day on which one of them was valid.
    """

    entry: Code = Field(examples=["supplier-taza-2"])
    """The one that was registered though it was there."""
    goes_by: Code = Field(examples=["supplier-taza"])
    """The one that goes on."""
    explanation: LongText


class UndoEntryMerge(Step):
    """Say that an entry stands for itself: what was recorded since stays with the other."""

    entry: Code = Field(examples=["supplier-taza-2"])
    explanation: LongText
