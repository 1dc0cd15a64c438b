"""By which door somebody reads of people, and for what: said once a sign-in, or with a request."""

from enum import StrEnum


class Door(StrEnum):
    """By which way somebody came to read."""

    CONSOLE = "console"
    API = "api"
    HOUSE = "house"
    """A command on the machine itself, or what Jisr does by itself."""


class ReadingPurpose(StrEnum):
    """Kinds of work for which personal data is read."""

    ACCOMPANIMENT = "accompaniment"
    """Following the people in one's charge."""
    SUPERVISION = "supervision"
    """Looking after colleagues' work: confirming, escalations, whose turn it is."""
    DECISION = "decision"
    """Preparing opinions, sessions, orders and ceremonies."""
    REPORTING = "reporting"
    """Numbers and reports."""
    PERSONS_REQUEST = "persons_request"
    """Answering what a person asked of their own data, or a complaint."""
    AUDIT = "audit"
    """Checking what was recorded, and who read it."""
    UPKEEP = "upkeep"
    """Looking after the installation, and programs that exchange with it."""
