"""A test message by one channel, at once and outside the outbox."""

import re
import secrets
from collections.abc import Callable
from uuid import uuid4

from service.bootstrap import looked_at_ledger
from service.notify.channels import MessageChannel, Outcome, Outgoing
from service.notify.channels.opening import transports
from service.notify.partners.hearing import secrets_of
from service.notify.partners.secrets import secret_of
from service.notify.sending import CHANNEL_OFF
from service.settings import Settings
from service.words.language import Language
from service.words.store import words

BY_ADDRESS = (
    (MessageChannel.WEBHOOK, re.compile(r"https?://\S+")),
    (MessageChannel.EMAIL, re.compile(r"[^@\s]+@[^@\s]+")),
    (MessageChannel.SMS, re.compile(r"\+[0-9]{8,15}")),
)


def channel_for(address: str) -> MessageChannel | None:
    """The channel that reaches such an address; None for what is none."""
    return next((channel for channel, form in BY_ADDRESS if form.fullmatch(address)), None)


async def tried(
    settings: Settings, channel: MessageChannel, to: str, language: Language
) -> Outcome:
    """What the other side says to a test message."""
    transport = transports(settings, _secrets(settings, channel)).get(channel)
    if transport is None:
        return CHANNEL_OFF
    said = words(language).message
    body = {"type": "test"} if channel is MessageChannel.WEBHOOK else None
    return await transport.send(
        Outgoing(uuid4(), to, language, said["test_subject"], said["test"], body)
    )


def _secrets(settings: Settings, channel: MessageChannel) -> Callable[[str], str | None]:
    """The partner's own; for a system that is not registered one that is drawn, and checks nowhere."""
    if channel is not MessageChannel.WEBHOOK:
        return lambda _: None
    drawn = secret_of(secrets.token_bytes(32), uuid4())

    def secret(url: str) -> str:
        with looked_at_ledger(settings) as ledger:
            return secrets_of(ledger)(url) or drawn

    return secret
