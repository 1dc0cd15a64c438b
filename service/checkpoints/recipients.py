"""To whom checkpoints are sent: a witness, a folder, a mailbox, an address that takes webhooks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

from ledger.proof.notes import COSIGNATURE, NoteBroken, VerifierKey
from service.witness.asking import Witness

MAILBOX = re.compile(r"[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z.-]{1,250}")
WEBHOOK = re.compile(r"https://[!-~]+")


WITNESS = re.compile(
    r"witness\+(https://[!-~]+|http://(127\.0\.0\.1|localhost)(:\d+)?([/#][!-~]*)?)"
)


class RecipientKind(StrEnum):
    WITNESS = "witness"
    """Signs what it takes (`service/witness/`)."""
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
        if WITNESS.fullmatch(told):
            found = cls(RecipientKind.WITNESS, told.removeprefix("witness+"))
            found.witness  # noqa: B018 - raises for what is no key
            return found
        if WEBHOOK.fullmatch(told):
            return cls(RecipientKind.WEBHOOK, told)
        raise ValueError(
            f"{told}: checkpoints go to file:///folder, mailto:somebody@example, https://… "
            "or witness+https://…#name+id+key"
        )

    @property
    def witness(self) -> Witness:
        """Where it answers, and the key it signs by. Raises `ValueError` for what is no key of one."""
        url, _, vkey = self.to.partition("#")
        try:
            key = VerifierKey.parsed(vkey)
        except NoteBroken as error:
            raise ValueError(f"{url}: {error}; a witness is named with its key") from None
        if key.kind != COSIGNATURE:
            raise ValueError(f"{key.name} is no witness's key")
        return Witness(url, key)

    def __str__(self) -> str:
        prefix = {
            RecipientKind.WITNESS: "witness+",
            RecipientKind.FOLDER: "file://",
            RecipientKind.EMAIL: "mailto:",
        }
        return prefix.get(self.kind, "") + self.to


def recipients(told: Iterable[str]) -> tuple[Recipient, ...]:
    """Witnesses first, so that the others have their signatures. Raises `ValueError` for what is none."""
    found = [Recipient.parsed(each) for each in told]
    return tuple(sorted(found, key=lambda each: each.kind is not RecipientKind.WITNESS))
