"""What is recorded of centres beside their registration."""

from datetime import date

from domain.registry.events import RegistryEvent


class CentreClosed(RegistryEvent, stored="CentreClosed"):
    """From that day on it takes no case."""

    centre: str
    closed_from: date


class CentreReopened(RegistryEvent, stored="CentreReopened"):
    centre: str
    open_from: date


class CatchmentChanged(RegistryEvent, stored="CatchmentChanged"):
    """From that day on the centre serves these provinces and no other; before, those it did."""

    centre: str
    since: date
    provinces: tuple[str, ...]


class CatchmentCorrected(RegistryEvent, stored="CatchmentCorrected"):
    """What was said to be served from a day on was mistaken: in its day, or in its provinces."""

    centre: str
    mends: date
    """From when on it was said to hold."""
    since: date
    provinces: tuple[str, ...]
    """None where there was no such change at all."""
    explanation: str
