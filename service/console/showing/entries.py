"""An entry of the registry as a page shows it."""

from dataclasses import dataclass
from datetime import date

from projections.views.registry import RegistryEntry
from service.console.showing.gaps import Gap, Missing
from service.words import writing
from service.words.language import Language
from service.words.store import words

REGISTRY = "/registry"


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """Something that steps name by its code."""

    code: str
    kind: str
    name: str
    other: str
    province: str | Missing
    since: date
    until: date | None
    goes_by: str
    """Empty for what stands for itself."""
    href: str


def shown_entry(each: RegistryEntry, language: Language) -> ShownEntry:
    arabic = language is Language.ARABIC
    return ShownEntry(
        str(each.entry),
        words(language).of(each.kind),
        each.name_ar if arabic else each.name_fr,
        each.name_fr if arabic else each.name_ar,
        writing.province(each.province, language) or Missing(Gap.DOES_NOT_APPLY),
        each.since,
        each.until,
        "" if each.goes_by == each.entry else str(each.goes_by),
        f"{REGISTRY}/{each.kind}/{each.entry}",
    )
