"""What is no password: too short, too long, or one of the first that anybody tries.

No composition is asked for (NIST SP 800-63B): twelve signs of any kind, which a phrase has at once.
"""

from functools import cache
from importlib.resources import files

from service.identity.passwords.hashing import normal
from service.identity.passwords.refusals import Unsuitable

SHORTEST = 12
LONGEST = 200
AROUND = "0123456789!?.@#*$-_"
"""What is put before or after a word to make it look like another."""
FEW = 4
"""Signs that differ: fewer are no more than one key held down."""


def require_suitable(password: str, *names: str | None) -> None:
    """Raises `Unsuitable`. `names`: what everybody knows of whoever sets it."""
    signs = normal(password)
    if len(signs) < SHORTEST:
        raise Unsuitable("password_too_short")
    if len(signs) > LONGEST:
        raise Unsuitable("password_too_long")
    folded = _folded(signs)
    known = {_folded(name) for name in names if name}
    if len(set(folded)) < FEW or folded in _commonest() or _is_but(folded, known):
        raise Unsuitable("password_too_common")


def _is_but(folded: str, known: set[str]) -> bool:
    """Whether it is a known name with little around it, or one of the commonest with a number."""
    bare = folded.strip(AROUND)
    return bare in {each.strip(AROUND) for each in known} or bare in _commonest() or bare == ""


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


@cache
def _commonest() -> frozenset[str]:
    text = (files("service.identity.passwords") / "commonest.txt").read_text(encoding="utf-8")
    return frozenset(_folded(line) for line in text.splitlines() if line)
