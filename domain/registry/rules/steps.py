"""The step that sets another version of the rules."""

from pydantic import Field

from domain.message import LongText, Step
from domain.values.codes import VersionCode
from domain.values.days import ValidityDay


class AddRules(Step):
    """Set another version of the rules, by what it changes of one that there is.

    Cases opened from its first day on take it; others keep theirs until they are moved
    (`adopt-rules`). A version never changes once it is set.
    """

    version: VersionCode = Field(examples=["v2"])
    base: VersionCode = Field(examples=["v1"])
    changes: LongText = Field(examples=['{"visit_months": [1, 2, 4, 6, 8, 10, 12, 18, 24]}'])
    """The rules that differ, by their names, as a JSON object."""
    since: ValidityDay = Field(examples=["2026-12-01"])
    """New cases take it from that day on."""
    explanation: LongText
