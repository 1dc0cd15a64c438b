"""Digits as they are written to the east of Morocco, as the ones that numbers are kept in."""

from typing import Any

WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)


def in_western_digits(value: Any) -> Any:
    """A text so written; whatever else there is, as it is."""
    return value.translate(WESTERN) if isinstance(value, str) else value
