"""A test message by one channel, at once and outside the outbox."""

import re
from uuid import uuid4

from service.notify.channels import Channel, Outcome, Outgoing
from service.notify.running import transports_of
from service.notify.sending import CHANNEL_OFF
from service.settings import Settings
from service.words.language import Language
from service.words.store import words

BY_ADDRESS = (
    (Channel.WEBHOOK, re.compile(r"https?://\S+")),
    (Channel.EMAIL, re.compile(r"[^@\s]+@[^@\s]+")),
    (Channel.SMS, re.compile(r"\+[0-9]{8,15}")),
)


def channel_for(address: str) -> Channel | None:
    """The channel that reaches such an address; None for what is none."""
    return next((channel for channel, form in BY_ADDRESS if form.fullmatch(address)), None)


async def tried(settings: Settings, channel: Channel, to: str, language: Language) -> Outcome:
    """What the other side says to a test message."""
    transport = transports_of(settings).get(channel)
    if transport is None:
        return CHANNEL_OFF
    said = words(language).message
    body = {"type": "test"} if channel is Channel.WEBHOOK else None
    return await transport.send(
        Outgoing(uuid4(), to, language, said["test_subject"], said["test"], body)
    )
