"""The steps of merging and parting."""

from domain.asking.rows import Asking, asks
from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.path import MERGED, NOT_MERGED, NOT_RESTRICTED, STANDING
from domain.case import events as e
from domain.merging import decide
from domain.message import Role
from domain.steps.table import Part, row

MERGERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION})

MERGING = Asking(
    row(
        s.MergePerson,
        *(b.PersonMerged, b.PersonJoined, e.CaseSetAside, b.BirthDateKnown),
        who=MERGERS,
        when=(*STANDING, NOT_RESTRICTED, NOT_MERGED),
        by=decide.merge,
        reads=decide.reads_to_merge,
        follows=decide.follows_both,
    ),
    b.MergeRequested,
    second=decide.require_second,
)

PARTING = Asking(
    row(
        s.UndoMerge,
        *(b.MergeUndone, b.PersonParted, e.CaseStandsAgain, b.BirthDateKnown),
        who=MERGERS,
        when=(*STANDING, NOT_RESTRICTED, MERGED),
        by=decide.part,
        follows=decide.follows_both,
    ),
    b.PartingRequested,
)

MERGES = Part("merging", (asks(MERGING), asks(PARTING)))
"""Answered with whatever else two people do about a person (`domain/erasure`)."""
