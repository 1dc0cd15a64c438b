"""The index that the registry's entries are searched by: what the words of their names sound like.

As people's (`names.py`), by all names an entry ever had, in each script, by its code, and by the
initials of a long name. Words that many have, such as *société* and *association*, tell no entry from
another: they are looked for only where nothing else is.
"""

import re
from collections.abc import Iterator

from domain.message import Message, StreamKind
from domain.registry.state import RegistryState
from projections.columns import SortedText
from projections.deriving import Listed
from projections.view import View, unvalidated
from projections.views.articles import Word
from projections.views.names import keys_of, words_of
from projections.views.registry import about, every
from projections.views.spelling import as_said

COMMON = frozenset(
    {
        *("ste", "societe", "sarl", "sarlau", "au", "sa", "snc", "entreprise", "ets"),
        *("etablissement", "etablissements", "association", "cooperative", "coop", "groupe"),
        *("centre", "ecole", "lycee", "college", "institut", "prison", "locale", "comite"),
        *("commune", "fournisseur", "supplier", "company", "school", "committee", "municipality"),
        *("formation", "professionnelle", "de", "du", "des", "d", "la", "le", "les", "et", "pour"),
        *("شركه", "مقاوله", "موسسه", "جمعيه", "تعاونيه", "مجموعه", "مركز", "مدرسه"),
        *("ثانويه", "اعداديه", "معهد", "سجن", "لجنه", "جماعه", "مورد", "محلي", "تكوين", "مهني"),
    }
)
"""As `spelling` writes them, without the article."""
SMALL = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "l", "et", "pour", "a", "au", "aux", "en"}
)
"""Of which no initial is said."""
FEWEST_INITIALS = 3
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_]\b(?!\.))?")
"""O.F.P.P.T., A. N. A. P. E. C: one word, as it is said and looked for."""
_ELIDED = re.compile(r"\b([dl])['’]", re.IGNORECASE)
"""L’Avenir, d’Atlas: two words, as a company's name is meant."""


class EntryKey(Message):
    """Something an entry can be found by."""

    entry: SortedText
    sound: SortedText


entry_keys = View(
    "entry_keys",
    EntryKey,
    key=["entry", "sound"],
    owner="entry",
    indexes=[["sound", "entry"]],
)
_key = unvalidated(EntryKey)


def told_apart_by(asked: str) -> list[Word]:
    """The words that are looked for."""
    words = words_of(_apart(asked))
    return [each for each in words if (each.bare or each.whole) not in COMMON] or words


def _apart(name: str) -> str:
    """With its elided words apart, and its initials together."""
    return _ELIDED.sub(r"\1 ", _DOTTED.sub(_undotted, name))


def _undotted(initials: re.Match[str]) -> str:
    return f"{initials[0].replace('.', '').replace(' ', '')} "


def initials(name: str) -> str | None:
    """Those of its words that say something, where it has so many of them."""
    told = [word for word in as_said(name) if word not in SMALL and not word.isdigit()]
    return "".join(word[0] for word in told) if len(told) >= FEWEST_INITIALS else None


def _rows(state: RegistryState, entry: str) -> Iterator[EntryKey]:
    names: list[str | None] = [entry.replace("-", " ")]
    for _, said in state.said[entry]:
        name = _apart(said.name_fr)
        names += (name, initials(name), said.name_ar, said.name_tifinagh)
    for key in sorted(keys_of(*names)):
        yield _key(entry=SortedText(entry), sound=SortedText(key))


ENTRY_KEYS = Listed(entry_keys, StreamKind.REGISTRY, about, every, _rows)
