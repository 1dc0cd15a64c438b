"""The rules of the steps on a finding."""

from domain.dismissal.events import FindingDismissed, FindingReopened
from domain.dismissal.steps import DismissFinding, ReopenFinding
from domain.message import Event
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.steps.roles import FINDING


def dismiss(world: World, step: DismissFinding, _: Context) -> Event:
    """With whom it is about. Once its words are forgotten none are kept of it any more."""
    said = {"explanation": None} if world[FINDING].erased else {}
    return echo(FindingDismissed, step, people=world.alike, **said)


def reopen(world: World, step: ReopenFinding, _: Context) -> Event:
    """Without words too, in the same way."""
    said = {"explanation": None} if world[FINDING].erased else {}
    return echo(FindingReopened, step, **said)
