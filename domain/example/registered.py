"""What the example's steps name by a code, as the registry has it."""

from datetime import date

from domain.example.person import EXAMPLE, FOUNDED, Person
from domain.registry.steps import MergeEntries, RegisterEntry, UndoEntryMerge
from domain.values.codes import EntryKind
from domain.values.places import places

KNOWN_SINCE = date(2002, 1, 1)
"""Since when it may be named."""


def register_entries(who: Person = EXAMPLE) -> tuple[RegisterEntry, ...]:
    """What the person's steps name by a code, in their province."""
    place = places()[who.province]
    named = (
        (who.supplier, EntryKind.SUPPLIER, "Fournisseur", "مورد"),
        (who.prison, EntryKind.PRISON, "Prison", "سجن"),
        (who.other_prison, EntryKind.PRISON, "Prison annexe", "ملحقة سجن"),
        (who.trainer, EntryKind.VOCATIONAL_CENTRE, "Centre de formation", "مركز التكوين"),
        (who.company, EntryKind.COMPANY, "Entreprise", "مقاولة"),
        (who.school, EntryKind.SCHOOL, "École", "مدرسة"),
        (who.municipality, EntryKind.MUNICIPALITY, "Commune", "جماعة"),
        (
            who.child_protection,
            EntryKind.CHILD_PROTECTION_CENTRE,
            "Centre de protection de l’enfance",
            "مركز حماية الطفولة",
        ),
        (who.committee, EntryKind.COMMITTEE, "Comité", "لجنة"),
    )
    return tuple(
        RegisterEntry(
            occurred_on=FOUNDED,
            kind=kind,
            entry=code,
            name_fr=f"{name_fr}, {place.name_fr}",
            name_ar=f"{name_ar} {place.name_ar}",
            province=who.province,
            since=KNOWN_SINCE,
        )
        for code, kind, name_fr, name_ar in named
    )


def registered_twice(
    who: Person = EXAMPLE,
) -> tuple[RegisterEntry | MergeEntries | UndoEntryMerge, ...]:
    """A supplier that was there under another spelling, found to be another, and to be one."""
    supplier = register_entries(who)[0]
    again = f"{supplier.entry}-2"
    names = {"entry": again, "name_fr": f"Ste {supplier.name_fr}"}
    merged = MergeEntries(
        occurred_on=FOUNDED,
        entry=again,
        goes_by=supplier.entry,
        explanation="Registered twice: both have the same address and tax number.",
    )
    return (
        supplier.model_copy(update=names),
        merged,
        UndoEntryMerge(
            occurred_on=FOUNDED, entry=again, explanation="The son's shop, of the same name."
        ),
        merged,
    )
