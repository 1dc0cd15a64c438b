"""What needs consent: a message that is sent without it is recorded, and warned of."""

from uuid import UUID

from domain.case.consents.state import agrees
from domain.case.consents.vocabulary import Purpose
from domain.case.steps import RecordContact
from domain.case.vocabulary import Channel
from domain.message import Command, name_of
from domain.steps.handling import World
from domain.steps.roles import CASE
from domain.steps.warning import Warned, WarningCode


def without_consent(world: World, command: Command) -> list[Warned]:
    """A message was sent, and the person does not agree to any: it is recorded, and said."""
    step = command.step
    if not isinstance(step, RecordContact) or step.channel is not Channel.MESSAGE:
        return []
    if CASE not in world.ids or agrees(world.then.consents, Purpose.MESSAGES):
        return []
    about = UUID(name_of(command.target))
    return [Warned(code=WarningCode.MESSAGE_WITHOUT_CONSENT, about=about)]
