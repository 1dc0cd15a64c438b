"""The words of custody, as codes; their translations are the service's."""

from enum import StrEnum


class EpisodeKind(StrEnum):
    """What holds a person, or binds them in freedom."""

    REMAND = "remand"
    SENTENCE = "sentence"
    ALTERNATIVE_PENALTY = "alternative_penalty"
    CONDITIONAL_RELEASE = "conditional_release"
    CHILD_PROTECTION = "child_protection"


INSIDE = frozenset({EpisodeKind.REMAND, EpisodeKind.SENTENCE})
"""Of these nobody is free while one runs, nor after an escape."""


class DetentionKind(StrEnum):
    """The kinds of episodes that somebody is inside for."""

    REMAND = "remand"
    SENTENCE = "sentence"


class SentenceKind(StrEnum):
    """By what a court gave."""

    DETENTION = "detention"
    """For a petty offence: under a month."""
    IMPRISONMENT = "imprisonment"
    RECLUSION = "reclusion"
    LIFE = "life"


class PenaltyKind(StrEnum):
    """The alternative penalties of law 43-22."""

    COMMUNITY_WORK = "community_work"
    ELECTRONIC_MONITORING = "electronic_monitoring"
    RESTRICTION = "restriction"
    """Of rights, or supervision."""
    TREATMENT = "treatment"
    """Or rehabilitation."""
    DAY_FINE = "day_fine"


class EpisodeEnd(StrEnum):
    """How an episode ended."""

    END_OF_SENTENCE = "end_of_sentence"
    """It was served, or its term is over."""
    CONDITIONAL = "conditional"
    PARDON = "pardon"
    ACQUITTAL = "acquittal"
    ESCAPE = "escape"
    REPLACED = "replaced"
    """By another episode that began."""
    REVOKED = "revoked"
    OTHER = "other"


class ReleaseKind(StrEnum):
    """The ends that let a person out of prison."""

    END_OF_SENTENCE = "end_of_sentence"
    CONDITIONAL = "conditional"
    PARDON = "pardon"
    ACQUITTAL = "acquittal"
    OTHER = "other"


class PardonKind(StrEnum):
    """Mostly reductions, of which several add up; one of the remainder is followed by a release."""

    REMAINDER = "remainder"
    REDUCTION = "reduction"
    COMMUTATION = "commutation"
    FINE = "fine"


class TrackInside(StrEnum):
    """What becomes of an open track when its person enters detention."""

    SUSPENDED = "suspended"
    """Its visits rest."""
    FAMILY_CONTINUES = "family_continues"
    """Visits go on with a named adult, to whom what remains may be delivered."""
    ENDED = "ended"
