"""The rules of the employment track."""

from domain.errors import Refused
from domain.message import Event
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.employment import events as e
from domain.tracks.employment import steps as s
from domain.tracks.employment.vocabulary import EmployerKind


def record_hire(_world: World, step: s.RecordHire, _: Context) -> Event:
    require_employer(step)
    return echo(e.Hired, step)


def require_employer(step: s.RecordHire) -> None:
    """A partner company is one of the registry; any other employer has a name at most."""
    partner = step.employer is EmployerKind.PARTNER
    if partner != (step.company is not None) or (partner and step.employer_name is not None):
        raise Refused("company_missing_or_superfluous")
