"""Codes of the registry: which kinds of entries there are, and fields that hold one's code.

A step with such a field is judged once, where it is decided: the entry is registered, of a kind
that is taken here, and valid on the day the step tells of (`domain/steps/codes.py`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints


class EntryKind(StrEnum):
    """What the registry lists beside centres."""

    PRISON = "prison"
    COMMITTEE = "committee"
    """A province's or prefecture's human-development committee."""
    SCHOOL = "school"
    VOCATIONAL_CENTRE = "vocational_centre"
    SUPPLIER = "supplier"
    COMPANY = "company"
    ASSOCIATION = "association"
    CHILD_PROTECTION_CENTRE = "child_protection_centre"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Registered:
    """Marks a code: the entry must be of one of these kinds."""

    kinds: tuple[EntryKind, ...]


TRAINER = Registered(
    (
        EntryKind.VOCATIONAL_CENTRE,
        EntryKind.SCHOOL,
        EntryKind.ASSOCIATION,
        EntryKind.COMPANY,
    )
)
"""Whoever trains people outside."""

INSTITUTION = Registered(
    (EntryKind.ASSOCIATION, EntryKind.SCHOOL, EntryKind.VOCATIONAL_CENTRE, EntryKind.COMPANY)
)
"""Whoever may take a person over from the programme."""

COMPANY = Registered((EntryKind.COMPANY,))
"""A partner company, which hires."""
PROVIDER = Registered(
    (
        *(EntryKind.ASSOCIATION, EntryKind.MUNICIPALITY, EntryKind.SCHOOL),
        *(EntryKind.VOCATIONAL_CENTRE, EntryKind.COMPANY, EntryKind.CHILD_PROTECTION_CENTRE),
    )
)
"""Whoever may help a person, or be waited for."""
SCHOOL = Registered((EntryKind.SCHOOL, EntryKind.ASSOCIATION, EntryKind.CHILD_PROTECTION_CENTRE))
"""Where a child is taught: a child-protection centre has a school of its own."""

VersionCode = Annotated[str, StringConstraints(pattern=r"^v[a-z0-9.-]{1,29}$")]
"""Of the rules."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
"""Stable: names change, and a code never means something else."""

PrisonCode = Annotated[Code, Registered((EntryKind.PRISON,)), Field(examples=["prison-taza"])]
CommitteeCode = Annotated[
    Code, Registered((EntryKind.COMMITTEE,)), Field(examples=["committee-taza"])
]
SupplierCode = Annotated[Code, Registered((EntryKind.SUPPLIER,)), Field(examples=["supplier-taza"])]
CompanyCode = Annotated[Code, COMPANY, Field(examples=["company-taza"])]
SchoolCode = Annotated[Code, SCHOOL, Field(examples=["school-taza"])]
InstitutionCode = Annotated[Code, INSTITUTION, Field(examples=["association-taza"])]
ChildProtectionCode = Annotated[
    Code,
    Registered((EntryKind.CHILD_PROTECTION_CENTRE,)),
    Field(examples=["child-protection-taza"]),
]
PenaltyPlaceCode = Annotated[
    Code,
    Registered(
        (
            *(EntryKind.ASSOCIATION, EntryKind.MUNICIPALITY, EntryKind.SCHOOL),
            *(EntryKind.VOCATIONAL_CENTRE, EntryKind.CHILD_PROTECTION_CENTRE),
        )
    ),
    Field(examples=["municipality-taza"]),
]
"""Where an alternative penalty is served."""
ProviderCode = Annotated[Code, PROVIDER, Field(examples=["association-taza"])]
TrainerCode = Annotated[Code, TRAINER, Field(examples=["vocational-centre-taza"])]
EntryCode = Annotated[
    Code,
    Registered(tuple(kind for kind in EntryKind if kind is not EntryKind.PRISON)),
    Field(examples=["municipality-taza"]),
]
"""Of anything that somebody may be sent to."""
