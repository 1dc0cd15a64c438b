"""To whom checkpoints are sent: a folder, a mailbox, an address that takes webhooks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

MAILBOX = re.compile(r"[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z.-]{1,250}")
WEBHOOK = re.compile(r"https://[!-~]+")


class RecipientKind(StrEnum):
    FOLDER = "folder"
    EMAIL = "email"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of `JISR_CHECKPOINTS_TO`."""

    kind: RecipientKind
    to: str
    """A folder's path, a mailbox, an address."""

    @classmethod
    def parsed(cls, told: str) -> Self:
        """`file:///folder`, `mailto:somebody@example`, `https://…`. Raises `ValueError`."""
        if told.startswith("file:"):
            path = unquote(urlsplit(told).path)
            if urlsplit(told).netloc or not Path(path).is_absolute():
                raise ValueError(f"{told}: a folder is named whole, such as file:///mnt/elsewhere")
            return cls(RecipientKind.FOLDER, path)
        mailbox = told.removeprefix("mailto:")
        if mailbox != told and MAILBOX.fullmatch(mailbox):
            return cls(RecipientKind.EMAIL, mailbox)
        if WEBHOOK.fullmatch(told):
            return cls(RecipientKind.WEBHOOK, told)
        raise ValueError(
            f"{told}: checkpoints go to file:///folder, mailto:somebody@example or https://…"
        )

    def __str__(self) -> str:
        prefix = {RecipientKind.FOLDER: "file://", RecipientKind.EMAIL: "mailto:"}
        return prefix.get(self.kind, "") + self.to


def recipients(told: Iterable[str]) -> tuple[Recipient, ...]:
    """Raises `ValueError` for what is none."""
    return tuple(Recipient.parsed(each) for each in told)
