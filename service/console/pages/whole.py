"""A list as a whole, to be printed by the browser: no pages, and no more than a printer is asked for."""

from collections.abc import Mapping

MOST = 200
"""Rows of a list, or of each group of one."""
NAME, VALUE = "print", "all"


def is_whole(query: Mapping[str, str]) -> bool:
    return query.get(NAME) == VALUE


def size_of(query: Mapping[str, str], usual: int) -> int:
    """How many rows are shown."""
    return MOST if is_whole(query) else usual


def whole_of(query: Mapping[str, str], address: str) -> str:
    """Where all of a list stands on one page; empty on that page."""
    between = "&" if "?" in address else "?"
    return "" if is_whole(query) else f"{address}{between}{NAME}={VALUE}"
