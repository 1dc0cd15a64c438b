"""The words of the employment track, as codes."""

from enum import StrEnum


class EmployerKind(StrEnum):
    """How the employer and the person came together."""

    PARTNER = "partner"
    """A partner company, which the registry lists."""
    OTHER = "other"
    """Found by the centre, ANAPEC or another who helps."""
    SELF_FOUND = "self_found"
    """Found by the person, or their family."""


class ContractKind(StrEnum):
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    INSERTION = "insertion"
    """Of ANAPEC, for who begins to work."""
    TEMPORARY = "temporary"
    """Through an agency."""
    SEASONAL = "seasonal"
    APPRENTICESHIP = "apprenticeship"
    UNWRITTEN = "unwritten"


class ApplicationAnswer(StrEnum):
    """What came of an application."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    """Nothing came, and nothing is expected any more."""


class PlacementFound(StrEnum):
    """What a review found of a job."""

    STILL_EMPLOYED = "still_employed"
    NO_LONGER = "no_longer"


class HeardFrom(StrEnum):
    """How it is known whether somebody still works there."""

    PERSON = "person"
    AT_WORK = "at_work"
    """They were met at their place of work."""
    EMPLOYER = "employer"
    PAYSLIP = "payslip"


WITH_THE_PERSON = frozenset({HeardFrom.PERSON, HeardFrom.AT_WORK})
EMPLOYER_HEARS = frozenset({HeardFrom.EMPLOYER, HeardFrom.AT_WORK})
"""By which the employer learns that somebody asks."""


class PlacementEnd(StrEnum):
    """Why a job ended."""

    CONTRACT_ENDED = "contract_ended"
    RESIGNED = "resigned"
    BETTER_JOB = "better_job"
    DISMISSED = "dismissed"
    EMPLOYER_CLOSED = "employer_closed"
    HEALTH = "health"
    FAMILY = "family"
    DETENTION = "detention"
    OTHER = "other"
