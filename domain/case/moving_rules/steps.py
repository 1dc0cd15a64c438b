"""The step that moves a case to another version of the rules."""

from pydantic import Field

from domain.message import LongText, Step
from domain.values.codes import VersionCode


class AdoptRules(Step):
    """Move the case to another version of the rules, with a reason.

    Reviews whose window has begun stay as they are, held ones stay held, and exemptions stay; what is
    ahead comes by the new version, and what is decided from now on is decided by it.
    """

    version: VersionCode = Field(examples=["v1"])
    explanation: LongText
