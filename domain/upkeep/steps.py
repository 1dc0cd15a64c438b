"""The step by which an operator's act is recorded."""

from pydantic import Field

from domain.message import ShortText, Step
from domain.upkeep.vocabulary import Act, Fact


class RecordAct(Step):
    """What was done to the engine by a command at the machine: said by that command itself."""

    act: Act
    account: ShortText
    facts: dict[Fact, ShortText] = Field(default_factory=dict)
