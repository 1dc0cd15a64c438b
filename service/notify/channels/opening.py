"""The transports that an installation has, by its settings.

Loaded by what sends: a library of its own speaks to each other side.
"""

# ruff: noqa: PLC0415 - see above

from collections.abc import Callable, Mapping

from service.notify.channels import MessageChannel, Transport
from service.notify.channels.settings import PORTS, ChannelSettings


def transports(
    settings: ChannelSettings, secrets: Callable[[str], str | None]
) -> Mapping[MessageChannel, Transport]:
    """By channel; what is not set up is not there. `secrets` has those of partners, by their URL."""
    found = {MessageChannel.EMAIL: _mail(settings), MessageChannel.SMS: _text_messages(settings)}
    from service.notify.channels.webhooks.transport import Webhooks

    found[MessageChannel.WEBHOOK] = Webhooks(secrets)
    return {channel: each for channel, each in found.items() if each is not None}


def _mail(settings: ChannelSettings) -> Transport | None:
    if settings.smtp_host is None or settings.smtp_from is None:
        return None
    from service.notify.channels.smtp import Mail, MailServer

    password = settings.smtp_password
    server = MailServer(
        settings.smtp_host,
        settings.smtp_port or PORTS[settings.smtp_security],
        settings.smtp_from,
        settings.smtp_security,
        settings.smtp_user,
        password.get_secret_value() if password else None,
    )
    return Mail(server)


def _text_messages(settings: ChannelSettings) -> Transport | None:
    if settings.sms_url is None or settings.sms_user is None or settings.sms_password is None:
        return None
    from service.notify.channels.sms import Gateway, TextMessages

    password = settings.sms_password.get_secret_value()
    return TextMessages(Gateway(settings.sms_url, settings.sms_user, password, settings.sms_from))
