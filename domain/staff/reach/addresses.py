"""What is an e-mail address, and what a telephone number: each kept in one form.

An address is what mail servers everywhere take: letters without accents, one `@`, a domain with a dot.
Nothing in it can begin a new line or a second recipient. A number is kept as the world dials it.
"""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from domain.errors import Unfit
from domain.values.telephone import dialled

MOST_LETTERS = 254
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    rf"(?!\.)(?!.*\.\.)[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}(?<!\.)@(?:{_LABEL}\.)+[a-z]{{2,63}}",
    re.ASCII,
)


def _address(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    local, at, domain = value.strip().rpartition("@")
    address = f"{local}{at}{domain.lower()}"
    if len(address) > MOST_LETTERS or not _ADDRESS.fullmatch(address):
        raise Unfit("email")
    return address


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    number = dialled(value)
    if number is None:
        raise Unfit("telephone")
    return number


EmailAddress = Annotated[
    str,
    BeforeValidator(_address),
    Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=MOST_LETTERS, examples=["s.office@example.org"]),
]
"""As mail servers take it; its domain in small letters."""

TelephoneNumber = Annotated[
    str,
    BeforeValidator(_number),
    Field(pattern=r"^\+[1-9][0-9]{7,14}$", max_length=16, examples=["+212612345678"]),
]
"""As E.164 has it, however it was typed."""
