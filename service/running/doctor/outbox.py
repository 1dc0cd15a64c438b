"""Messages that did not reach whom they were for, and those that wait too long."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

from ledger.urls import sqlite_path
from service.notify.outbox.store import Outbox
from service.running.doctor.finding import Finding, Part, warning, well
from service.settings import Settings

STUCK_AFTER = timedelta(minutes=15)
"""A message goes within seconds of its time, but for who hands it over being away."""
AGAIN = (
    "see to it, then have them go again: on the console's page of messages sent, or"
    " `jisr notify again`"
)
SENDER = "start `jisr worker` (or `jisr up`); if it runs, look into its log"


def outbox(settings: Settings) -> Iterator[Finding]:
    """One finding for each way in which messages fail; else how many wait. None where nobody began."""
    path = sqlite_path(settings.outbox)
    if path is not None and not path.exists():
        return
    with closing(Outbox(settings.outbox)) as opened:
        failing, due = opened.failing(), opened.next_due()
    for (channel, code), many in sorted(failing.items()):
        said = code.replace("_", " ") or "no reason was told"
        yield warning(Part.OUTBOX, f"{many} by {channel} did not arrive: {said}", AGAIN)
    if due is not None and datetime.now(UTC) - due > STUCK_AFTER:
        found = f"a message should have gone at {due:%Y-%m-%d %H:%M} UTC, and waits"
        yield warning(Part.OUTBOX, found, SENDER)
    elif not failing:
        yield well(Part.OUTBOX, "nothing failed" + ("" if due is None else ", some wait"))
