"""What an installation says of the ways by which messages leave it. Without any there is the inbox."""

import re
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from workflows.server.loopback import is_loopback

LAST_PORT = 65_535
HOST = re.compile(r"[0-9A-Za-z._:-]{1,255}")
MAILBOX = re.compile(r"[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z.-]{1,250}")
SENDER = re.compile(r"[0-9A-Za-z ]{1,11}|\+?[0-9]{1,15}")
URL = re.compile(r"https?://[!-~]+")
TELLING = ("prison", "detenu", "detention", "penit", "liber", "mohammed", "mohamed", "reinsertion")
"""What no reader's telephone or mailbox may show as the sender, in any spelling of it."""


class Security(StrEnum):
    """How the line to the mail server is closed to others."""

    TLS = "tls"
    """From the first byte on (port 465)."""
    STARTTLS = "starttls"
    """After a word in the clear, and never without it (port 587)."""
    NONE = "none"
    """Not at all: for a server on the same machine."""


PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


def _host(host: str) -> str:
    if HOST.fullmatch(host) is None:
        raise ValueError("it is the name or address of a machine, such as mail.example")
    return host


def _mailbox(address: str) -> str:
    if MAILBOX.fullmatch(address) is None:
        raise ValueError("it is an e-mail address, such as jisr@house.example")
    return _neutral(address)


def _shown(sender: str) -> str:
    if SENDER.fullmatch(sender) is None:
        raise ValueError("it is a number, or eleven letters and digits at most")
    return _neutral(sender)


def _neutral(sender: str) -> str:
    if any(each in sender.lower() for each in TELLING):
        raise ValueError("whoever sees a message sees its sender: it says nothing of the house")
    return sender


def _gateway(url: str) -> str:
    parts = urlsplit(url)
    if URL.fullmatch(url) is None or not parts.hostname or "@" in parts.netloc:
        raise ValueError("it looks like https://gateway.example:13013/cgi-bin/sendsms")
    if parts.scheme != "https" and not is_loopback(parts.hostname):
        raise ValueError("it begins with https://, unless the gateway is on this machine")
    return url


class ChannelSettings(BaseSettings):
    """E-mail and text messages; each as whole as it has to be, or not there."""

    smtp_host: Annotated[str, AfterValidator(_host)] | None = None
    """The mail server that Jisr may send through; without it no e-mail leaves."""
    smtp_port: int | None = Field(None, ge=1, le=LAST_PORT)
    """By default as `smtp_security` has it: 587, 465 or 25."""
    smtp_security: Security = Security.STARTTLS
    """`starttls`, `tls`, or `none` for a server on this machine."""
    smtp_user: Annotated[str, Field(max_length=250)] | None = None
    smtp_password: SecretStr | None = None
    smtp_from: Annotated[str, AfterValidator(_mailbox)] | None = None
    """As whom: an address that tells nothing of the house."""
    sms_url: Annotated[str, AfterValidator(_gateway)] | None = None
    """Kannel's `sendsms`; without it no text message leaves."""
    sms_user: Annotated[str, Field(pattern=r"^[!-~]{1,100}$")] | None = None
    sms_password: SecretStr | None = None
    sms_from: Annotated[str, AfterValidator(_shown)] | None = None
    """What a telephone shows as the sender; the gateway's own without it."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.smtp_host is None) != (self.smtp_from is None):
            raise ValueError("smtp_host and smtp_from go together")
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError("smtp_user and smtp_password go together")
        if len({each is None for each in (self.sms_url, self.sms_user, self.sms_password)}) > 1:
            raise ValueError("sms_url, sms_user and sms_password go together")
        if self.smtp_host and self.smtp_security is Security.NONE:
            self._require_here(self.smtp_host)
        return self

    @staticmethod
    def _require_here(host: str) -> None:
        if not is_loopback(host):
            raise ValueError(
                f"mail to {host} would travel in the clear: set JISR_SMTP_SECURITY to starttls or tls"
            )
