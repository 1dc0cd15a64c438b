"""What answers name by a code, in the language asked for."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from projections.views import registry
from service.access.reader import Reading
from service.words import writing
from service.words.language import Language


def entry_names(
    reading: Reading, conn: Connection, codes: Iterable[str | None]
) -> Mapping[str | None, str]:
    """By the codes of the registry; what has no name in English is called as in French."""
    found = registry.names_of(conn, frozenset(code for code in codes if code is not None))
    arabic = reading.reader.language is Language.ARABIC
    return {str(e.entry): e.name_ar if arabic else e.name_fr for e in found.values()}


def region_name(reading: Reading, code: str | None) -> str | None:
    return writing.region(code, reading.reader.language) or None
