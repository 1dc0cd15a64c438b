"""The commune that somebody lives in: in the centre's own words, for the product carries none.

Caseworkers plan their rounds by it. It tells where a person is to be found, so it goes with them.
"""

from typing import Annotated

from pydantic import Field

from domain.message import FieldClass, NameText

CommuneName = Annotated[
    Annotated[NameText, Field(examples=["Bni Lent"])] | None, FieldClass.PERSONAL
]
