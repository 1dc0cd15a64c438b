"""An access key that was issued, used for one step, and soon opened nothing any more, or was left.

Who may issue keys may be anybody for as long as one step takes. Of a key that people work with there
are many steps; of one for a visitor who reads there is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.message import Envelope
from domain.staff.keys import AccessKey

SOON = timedelta(days=2)
"""After its issue: it was revoked, or last used."""
LEFT = timedelta(days=30)
"""For so long nobody came with it."""
AN_HOUR = timedelta(hours=1)
"""The last use is known to the hour."""


class Short(NamedTuple):
    """A key of which all steps were taken by a moment soon after its issue."""

    key: AccessKey
    by: datetime


def short_lived(
    keys: Iterable[AccessKey], last_used: Mapping[UUID, datetime], now: datetime
) -> Iterator[Short]:
    """Those that were revoked soon after their issue, and those that nobody has come with since."""
    for key in keys:
        ended, used = key.revoked_at, last_used.get(key.key_id)
        if ended is not None and ended - key.issued_at <= SOON:
            yield Short(key, ended)
        elif used is not None and used - key.issued_at <= SOON and now - used >= LEFT:
            yield Short(key, used + AN_HOUR)


def only_step(short: Short, entries: Iterable[Envelope]) -> Envelope | None:
    """The first entry of the one step that was taken with it; None where there was none, or more.

    `entries`: those of the ledger after its issue.
    """
    found: Envelope | None = None
    for each in entries:
        if each.recorded_at > short.by:
            break
        if each.actor.credential != short.key.key_id:
            continue
        if found is not None and found.command_id != each.command_id:
            return None
        found = found or each
    return found
