"""Why a case was found by what somebody typed, and which words of a name agree with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from projections.views.names import keys_of, words_of
from projections.views.searching import REFERENCE
from projections.views.sought import Sought, sought
from projections.views.spelling import words
from service.console.showing.list_rows import CaseLine


class Why(StrEnum):
    """What agrees."""

    REFERENCE = "reference"
    NAME = "name"
    SOUND = "sound"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a name, and whether it agrees with what was asked."""

    text: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, ready to be held beside names."""

    asked: tuple[str, ...]
    keys: tuple[Sought, ...]
    is_reference: bool

    @classmethod
    def of(cls, text: str) -> "Search":
        asked = tuple(words(text))
        keys = tuple(dict.fromkeys(sought(words_of(text))))
        return cls(asked, keys, REFERENCE.fullmatch("".join(asked)) is not None)

    def why(self, line: CaseLine) -> Why:
        """Of a case that was found; who may not read the name is found by a reference or number."""
        if self.is_reference:
            return Why.REFERENCE
        said = [word for name in line.names for word in words(name.text)]
        if self.asked and all(any(word.startswith(each) for word in said) for each in self.asked):
            return Why.NAME
        agrees = any(each.agrees for name in line.names for each in self.pieces(name.text))
        return Why.SOUND if agrees else Why.NUMBER

    def pieces(self, name: str) -> Sequence[Piece]:
        return [Piece(word, self._agrees(word)) for word in name.split()]

    def _agrees(self, word: str) -> bool:
        found = keys_of(word)
        return any(key.finds(each) for key in self.keys for each in found)
