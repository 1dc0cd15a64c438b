"""The words of the self-employment track, as codes."""

from enum import StrEnum


class OpinionKind(StrEnum):
    """What the division makes of a project before the committee does."""

    FAVOURABLE = "favourable"
    SENT_BACK = "sent_back"
    UNFAVOURABLE = "unfavourable"


class ProblemKind(StrEnum):
    """What happened to the equipment, or to whom it was handed, after the delivery."""

    SOLD = "sold"
    STOLEN = "stolen"
    BROKEN = "broken"
    GIVEN_AWAY = "given_away"
    DEATH = "death"
    RETURN_TO_DETENTION = "return_to_detention"
    OTHER = "other"


OF_ITEMS = frozenset(
    {ProblemKind.SOLD, ProblemKind.STOLEN, ProblemKind.BROKEN, ProblemKind.GIVEN_AWAY}
)
"""Those that happen to items, which are named then."""


class ProblemDecision(StrEnum):
    """What the coordinator decides of a problem."""

    WARNING = "warning"
    RECOVERY = "recovery"
    PASSED_ON = "passed_on"
    """To another holder, by a decision in session."""
    WRITTEN_OFF = "written_off"
    FAMILY_KEEPS = "family_keeps"
    """After a death."""


DONE = frozenset({ProblemDecision.WRITTEN_OFF, ProblemDecision.FAMILY_KEEPS})
"""Those after which nothing is left to do."""


class LegalForm(StrEnum):
    AUTO_ENTREPRENEUR = "auto_entrepreneur"
    COOPERATIVE = "cooperative"
    TRADE_REGISTER = "trade_register"
