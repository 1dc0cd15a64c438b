"""The step by which an operator's act is recorded."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from domain.message import ShortText, Step
from domain.upkeep.vocabulary import Act, Fact
from domain.values.texts import one_line

FactText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(one_line),
]
"""As long as the holidays that an installation adds."""


class RecordAct(Step):
    """What was done to the engine by a command at the machine: said by that command itself."""

    act: Act
    account: ShortText
    facts: dict[Fact, FactText] = Field(default_factory=dict)
