"""What an operator makes again: views and workflows from the ledger, schemas in a database."""

import asyncio
import gc
from collections.abc import Callable

from ledger.recording.writer import Writer
from service.bootstrap import opened_ledger, opened_views, temporal_address, temporal_client
from service.running.faults import OperatorError
from service.running.holidays import open_calendar
from service.running.loading import load_stores
from service.settings import Settings
from workflows.sweep import Sweep, Swept

PATIENCE = 10.0
"""Seconds for Temporal to answer."""


def rebuild_views(settings: Settings, progress: Callable[[int, int], None]) -> int:
    """Rebuild and swap while the live views are read; the position they have come to.

    On all cores, by processes that are forked here: to be called by the only thread, with neither
    database open. Raises as `projections.rebuilding.rebuild` does.
    """
    from projections.rebuilding.rebuild import rebuild  # noqa: PLC0415 - only here
    from service.running.hands import cores, forked  # noqa: PLC0415 - as above

    load_stores(settings)
    gc.freeze()  # as the processes do
    with (
        forked(
            cores(), lambda: opened_ledger(settings), f"jisr rebuild --data {settings.data}"
        ) as hands,
        opened_ledger(settings) as ledger,
        opened_views(settings) as views,
    ):
        return rebuild(ledger, views, open_calendar(settings.calendar_file), progress, hands)


def rebuild_workflows(settings: Settings) -> Swept:
    """One sweep over all cases; raises `OperatorError` when Temporal is away, and as a ledger does."""
    return asyncio.run(_sweep(settings))


async def _sweep(settings: Settings) -> Swept:
    from domain.case import reviews  # noqa: PLC0415 - only here
    from workflows.case.schedule import Schedule  # noqa: PLC0415 - as above

    schedule = Schedule(reviews, open_calendar(settings.calendar_file))
    with opened_ledger(settings) as ledger, Writer(ledger) as writer:
        try:
            async with asyncio.timeout(PATIENCE):
                client = await temporal_client(settings, lazy=False)
        except TimeoutError:
            raise OperatorError(
                f"Temporal does not answer at {temporal_address(settings)}: start it (`jisr up` starts"
                " one of its own), or check JISR_TEMPORAL_ADDRESS"
            ) from None
        return await Sweep(client, ledger, schedule, writer).once()


def prepare_database(settings: Settings) -> None:
    """Raises `OperatorError` when the owner's address is missing or the role is not there."""
    from ledger.postgres.schema import prepare  # noqa: PLC0415 - only on PostgreSQL
    from projections.postgres.store import prepare_views  # noqa: PLC0415 - as above
    from service.identity.passwords.tables import PASSWORDS  # noqa: PLC0415 - as above
    from service.identity.sign_ins.tables import SIGN_INS  # noqa: PLC0415 - as above
    from service.keeping import prepare_kept  # noqa: PLC0415 - as above
    from service.notify.outbox.tables import OUTBOX  # noqa: PLC0415 - as above

    if settings.owner_url is None:
        raise OperatorError("set JISR_OWNER_URL to the database, signed in as its owner")
    owner = settings.owner_url.get_secret_value()
    try:
        prepare(owner, settings.service_role)
    except ValueError as error:
        raise OperatorError(str(error)) from None
    prepare_views(owner, settings.service_role)
    for kept in (SIGN_INS, PASSWORDS, OUTBOX):
        prepare_kept(owner, settings.service_role, kept)
