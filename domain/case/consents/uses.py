"""What needs consent, as it stood on the step's own day: without it the step is refused.

A consent that is taken back afterwards, also where that is told late, is never refused for what was
done meanwhile: what was recorded stays, and nothing more is.
"""

from domain.case.consents.state import agrees
from domain.case.consents.vocabulary import Purpose
from domain.case.events import ContactRecorded
from domain.case.steps import RecordContact
from domain.case.vocabulary import Channel
from domain.errors import Refused
from domain.message import Event
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def require_employers_told(world: World) -> None:
    """Raises `Refused` unless the person agreed on the step's day that employers are told."""
    if not agrees(world.then.consents, Purpose.SHARING_WITH_EMPLOYERS):
        raise Refused("employer_without_consent")


def record_contact(world: World, step: RecordContact, _: Context) -> Event:
    """A message is sent to whoever agrees to messages."""
    if step.channel is Channel.MESSAGE and not agrees(world.then.consents, Purpose.MESSAGES):
        raise Refused("message_without_consent")
    return echo(ContactRecorded, step)
