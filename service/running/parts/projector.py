"""The projector: keeps the views level with the ledger."""

import gc
import signal
import threading

from projections.projector import Projector
from service.bootstrap import opened_ledger, opened_views
from service.running.announced_days import AnnouncedDays
from service.running.upgrading import at_work
from service.settings import Settings


def run_projector(settings: Settings) -> None:
    """Project until SIGTERM or SIGINT."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    with (
        opened_ledger(settings) as ledger,
        opened_views(settings) as views,
        at_work(settings, "projector"),
    ):
        projector = Projector(ledger, views, AnnouncedDays(settings.calendar_file))
        gc.freeze()
        try:
            projector.run(stop)
        finally:
            projector.close()
