"""Another process on the same ledger. It imports little, for there are several of it."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier

from domain.errors import JisrError
from domain.message import Command
from domain.values.calendar import Calendar
from ledger.keys.master import MasterKeys
from ledger.opening import open_ledger
from tests.support.processes import OTHERS

together: Barrier


@dataclass(frozen=True)
class Place:
    """Where a ledger is. Can be sent to a process."""

    url: str
    keys_url: str
    master_key: bytes
    calendar: Calendar


def outcomes(place: Place, shares: Sequence[Sequence[Command]]) -> list[str]:
    """Record each share in a process of its own, all at once: codes, or "" for what passed."""
    barrier = OTHERS.Barrier(len(shares))
    with ProcessPoolExecutor(
        len(shares), mp_context=OTHERS, initializer=_remember, initargs=(barrier,)
    ) as processes:
        work = [processes.submit(_recorded_there, place, share) for share in shares]
        return [code for done in work for code in done.result()]


def _remember(barrier: Barrier) -> None:
    global together  # noqa: PLW0603 - how a pool hands something to its processes
    together = barrier


def _recorded_there(place: Place, share: Sequence[Command]) -> list[str]:
    ledger = open_ledger(
        place.url, place.keys_url, MasterKeys.single(place.master_key), calendar=place.calendar
    )
    try:
        together.wait(60)
        results = [ledger.record_all([each])[0] for each in share]
    finally:
        ledger.close()
    return [result.code if isinstance(result, JisrError) else "" for result in results]
