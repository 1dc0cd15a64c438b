"""Telephone numbers as the world dials them, however they were typed.

A number that begins with a single 0 is Moroccan.
"""

import re

from domain.values.digits import in_western_digits

_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)
_MOROCCAN = re.compile(r"0[5-8][0-9]{8}", re.ASCII)
_BETWEEN = re.compile(r"[\s.()\-\u202f]+")


def dialled(typed: str) -> str | None:
    """The number in E.164; None for what cannot be dialled from everywhere."""
    number = _BETWEEN.sub("", str(in_western_digits(typed)))
    if _MOROCCAN.fullmatch(number):
        number = f"+212{number[1:]}"
    elif number.startswith("00"):
        number = f"+{number[2:]}"
    return number if _NUMBER.fullmatch(number) else None
