"""A form in progress, kept at each send, so that what it shows next has an address of its own.

Every send is answered by a redirect there (303): Back, Forward and reload ask for pages only, and no
browser asks whether to send a form again. The address holds the form's key, a random id, and which
page of it is shown; what was typed is sealed, and its author's alone. It goes once it is recorded.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from domain.errors import JisrError, KeyReused, NotAllowed, Refused
from domain.message import StreamKind
from service.console.choices.asking import as_id
from service.console.pages.address import Address, At, address_of
from service.console.pages.form import Form
from service.console.visit import Signed
from service.identity.sign_ins.drafts import Draft, Drafts
from service.problems.problem import Rejected

OF_ONE_PERSON = frozenset({StreamKind.CASE, StreamKind.BENEFICIARY})
"""What a form can be on that tells of one person."""
BESIDE_THE_ANSWERS = frozenset({"key", "go", "in_language", "at", "seen", "page"})
"""What a form sends that is no answer."""


KEYS_SHOWN_FOR = timedelta(minutes=15)
"""As a recovery sheet: long enough to copy it, also where the browser was closed."""
FORM = "path"
"""What is kept of a step's form says where that form is; what is kept of a paper's does not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent last."""

    address: Address
    key: str
    typed: dict[str, str]
    seen: str = ""
    page: str = ""
    reference: str = ""
    """Of what it is about; empty for what is new."""
    listed: bool = True
    """Whether it stands among the drafts. All that was sent on does, though nobody left it on
    purpose: who was called away from their mistakes finds them again. Where only the language was
    chosen, or more time asked, nothing would be missed.
    """
    why: Mapping[str, Any] | None = None
    """What it was refused with, by its code."""
    saved_at: datetime | None = None

    @classmethod
    def sent(cls, address: Address, fields: Mapping[str, str]) -> "Kept":
        """As it came, before anything of it is read."""
        typed = {name: text for name, text in fields.items() if name not in BESIDE_THE_ANSWERS}
        key = fields.get("key") or uuid4().hex
        return cls(address, key, typed, fields.get("seen", ""), fields.get("page", ""))

    @classmethod
    def shown(cls, form: Form, *, listed: bool) -> "Kept":
        """As it is shown next."""
        return cls(
            Address.read(form.path),
            form.key,
            form.typed,
            "" if form.seen is None else str(form.seen),
            str(form.number),
            form.about.reference if form.about else "",
            listed,
            None if form.refused is None else told(form.refused),
        )

    @classmethod
    def of(cls, draft: Draft) -> "Kept":
        content = dict(draft.content)
        address = Address.read(content.pop(FORM))
        return cls(address, draft.key, **content, saved_at=draft.saved_at)

    def is_old_key(self, at: At) -> bool:
        """Whether it shows an access key that was issued some time ago."""
        if at is not At.KEY or self.saved_at is None:
            return False
        return datetime.now(UTC) - self.saved_at > KEYS_SHOWN_FOR

    @property
    def href(self) -> str:
        return address_of(self.address.path, self.key, page=self.page)

    @property
    def came_href(self) -> str:
        """Where it waits that could not be taken when it came."""
        return address_of(self.address.path, self.key, at=At.KEPT, page=self.page)

    async def form(self, visit: Signed) -> Form:
        """As it stands now. Raises what forbids the step or the thing."""
        at = {"seen": self.seen, "page": self.page}
        return await Form.of(visit, self.address, dict(self.typed), self.key, **at)

    async def keep(self, drafts: Drafts, author: UUID) -> None:
        """In the place of what was kept of it before. Raises `Unavailable`."""
        content = {
            FORM: self.address.path,
            "typed": self.typed,
            "seen": self.seen,
            "page": self.page,
            "reference": self.reference,
            "listed": self.listed,
            "why": self.why,
        }
        about = _whose(self.address, self.typed)
        await asyncio.to_thread(drafts.save, author, self.key, content, datetime.now(UTC), about)


def refusal(kept: Kept) -> JisrError | None:
    """What it was refused with, as it was raised."""
    return None if kept.why is None else raised(kept.why)


def raised(why: Mapping[str, Any]) -> JisrError:
    """The error of which `told` is kept."""
    code, params = why["code"], why["params"]
    if code in _OWN:
        return _OWN[code](**params)
    return Refused(code, **params) if why["by_rule"] else Rejected(code, **params)


_OWN: Mapping[str, type[JisrError]] = {each.code: each for each in (KeyReused, NotAllowed)}


def told(error: JisrError) -> dict[str, Any]:
    by_rule = isinstance(error, Refused)
    return {"code": error.code, "params": dict(error.params), "by_rule": by_rule}


def _whose(address: Address, typed: Mapping[str, str]) -> UUID | None:
    """The person or the case it is about: when the person is erased, it goes too."""
    if address.kind is None:
        return as_id(typed.get("beneficiary_id", ""))
    return address.name if address.kind in OF_ONE_PERSON else None


async def go_on_later(drafts: Drafts, author: UUID, here: str, fields: Mapping[str, str]) -> str:
    """Keep what was sent to an address when nobody was signed in any more.

    Returns where to go on; empty where that is no form, or it cannot be kept.
    """
    try:
        came = Kept.sent(Address.read(urlsplit(here).path), fields)
        await came.keep(drafts, author)
    except JisrError:
        return ""
    return came.came_href


async def kept(visit: Signed, key: str) -> Kept | None:
    """What is kept under a key, if it is the asker's."""
    drafts, now = visit.sign_ins.drafts, datetime.now(UTC)
    draft = await asyncio.to_thread(drafts.one, visit.actor.id, key, now)
    return Kept.of(draft) if draft is not None and FORM in draft.content else None


async def drop(visit: Signed, key: str) -> None:
    """What is recorded is in progress no more; where that cannot be said now, it ends by itself."""
    try:
        await asyncio.to_thread(visit.sign_ins.drafts.drop, visit.actor.id, key)
    except JisrError:
        return
