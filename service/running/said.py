"""Settings that cannot be used, in words: which, by the name an operator gives it, and why not."""

import os
from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from service.settings import PREFIX, strange_settings

PROXIES = "it is addresses and networks with commas between them, such as 127.0.0.1,10.0.0.0/8"
WHY = {
    "bool_parsing": "it is true or false",
    "bool_type": "it is true or false",
    "float_parsing": "it is a number",
    "int_parsing": "it is a whole number",
    "int_from_float": "it is a whole number",
    "greater_than": "it is more than {gt}",
    "greater_than_equal": "it is {ge} at least",
    "less_than_equal": "it is {le} at most",
    "ip_v4_network": PROXIES,
    "ip_v6_network": PROXIES,
    "path_type": "it is the path of a file or folder",
}
"""By pydantic's name of what is wrong; else its own words are taken."""


def refused(error: ValidationError) -> Iterator[str]:
    """A sentence for each setting that cannot be used. None quotes a value: it may be a secret."""
    yield from dict.fromkeys(map(_sentence, error.errors(include_url=False, include_input=False)))


def _sentence(found: ErrorDetails) -> str:
    name = f"{PREFIX}{str(found['loc'][0]).upper()}: " if found["loc"] else ""
    why = WHY.get(found["type"])
    said = why.format(**found.get("ctx", {})) if why else found["msg"]
    return name + said.removeprefix("Value error, ")


def unknown() -> Iterator[str]:
    """A sentence for each variable of the environment that is meant for a setting and is none."""
    for name, nearest in strange_settings(os.environ):
        meant = f": did you mean {nearest}?" if nearest else ": see `docs/operations.md`"
        yield f"{name} is no setting{meant}"
