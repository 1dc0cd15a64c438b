"""How the asker is reached besides the inbox, as they said themselves."""

from datetime import date
from typing import Any

from pydantic import Field

from domain.message import Actor, Message
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel
from domain.staff.state import StaffState
from service.access.reader import Reading


class OwnReach(Message):
    """Your own, so no class keeps any of it from you."""

    language: ReaderLanguage | None
    """Null: you never said; then all is told in your inbox alone."""
    channels: tuple[StaffChannel, ...]
    email: str | None = Field(examples=["s.office@example.org"])
    telephone: str | None = Field(examples=["+212612345678"])
    daily_digest: bool
    said_on: date | None


NEVER_SAID: dict[str, Any] = {
    **dict.fromkeys(("language", "email", "telephone", "said_on")),
    "channels": (),
    "daily_digest": True,
}


def get_own_reach(reading: Reading, actor: Actor) -> OwnReach:
    return own_reach(reading.directory.staff(), actor)


def own_reach(staff: StaffState, actor: Actor) -> OwnReach:
    how = staff.reach.get(actor.id)
    if how is None:
        return OwnReach.model_validate(NEVER_SAID)
    return OwnReach(
        language=how.language,
        channels=how.channels,
        email=how.email,
        telephone=how.telephone,
        daily_digest=how.daily_digest,
        said_on=how.said_on,
    )
