"""The step by which a person is said to live elsewhere."""

from typing import Annotated, ClassVar

from pydantic import Field

from domain.case.residence.commune import CommuneName
from domain.message import FieldClass, ShortText, Step
from domain.values.places import ProvinceCode


class RecordMove(Step):
    """Record that the person lives elsewhere since a day: their address, and its province.

    What was before that day stays as it was, also which agreements could fund them then.
    """

    with_the_person: ClassVar[bool] = True

    province: ProvinceCode
    commune: CommuneName = None
    """Of that province, for the rounds of visits."""
    address: Annotated[ShortText | None, FieldClass.PERSONAL] = Field(
        None, examples=["12, rue de l’Atlas"]
    )
