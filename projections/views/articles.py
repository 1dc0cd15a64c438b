"""The article, apart from its name or written with it: El Idrissi, Elidrissi, Idrissi; المثالي."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

ARABIC = "ال"
_ARABIC_LEAST, _LATIN_LEAST = 3, 4
"""Letters that must be left, for there are names that begin so: الياس, Alami."""
_ALWAYS = frozenset({"el", "al", "ul", "il", "l"})
_BEFORE_ITS_LIKE = re.compile(r"[aeiu](ch|sh|[tdrzsn])")
"""En-Namoudaji, Ech-Cherif: before these letters the article is said as they are."""
_WITH_IT = re.compile(r"[ae](ch|sh|[tdrzsn])(?=\1)|[ae]l|l(?=[^aeiouyl]|ou[ae])|la(?=h)")
"""Lahcen too, which is El Hassan."""


class Word(NamedTuple):
    """A word of a name."""

    whole: str
    """With its article, where it has one."""
    bare: str | None
    """Without it."""

    @property
    def with_l(self) -> str:
        """As it is said after its article, where that is el, al or l: El Arbi as Larbi."""
        if self.bare is None or not self.whole.isascii():
            return self.whole
        article = self.whole.removesuffix(self.bare)
        return "l" + self.bare if article.endswith("l") else self.whole


def with_articles(words: Sequence[str]) -> list[Word]:
    """The words of a name, each article with what it belongs to."""
    return list(_joined(words))


def _joined(words: Sequence[str]) -> Iterator[Word]:
    at = 0
    while at < len(words):
        word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
        if following and _is_article(word, following):
            yield Word(word + following, following)
            at += 2
        else:
            yield Word(word, _without(word))
            at += 1


def _is_article(word: str, following: str) -> bool:
    if word in _ALWAYS or word == ARABIC:
        return True
    like = _BEFORE_ITS_LIKE.fullmatch(word)
    return like is not None and following.startswith(like.group(1))


def _without(word: str) -> str | None:
    if word.startswith(ARABIC):
        bare, least = word.removeprefix(ARABIC), _ARABIC_LEAST
    else:
        article = _WITH_IT.match(word)
        if article is None:
            return None
        bare, least = word[article.end() :], _LATIN_LEAST
    return bare if len(bare) >= least else None
