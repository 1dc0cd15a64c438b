"""What the parts of an installation load, all of it at once, for who forks them off."""

import gc
from importlib import import_module

from service.settings import Settings

PARTS = (
    "service.running.parts.api",
    "service.running.parts.projector",
    "service.running.parts.worker",
    "service.running.up",
    # What others load when they come to it:
    "encodings.ascii",
    "pydantic.v1",  # by FastAPI, to ask whether a model is one of those
    "ledger.reads.opening",
    "ledger.recording.writer",
    "projections.opening",
    "projections.waiting",
    "service.identity.directory",
    "workflows.case.engine",
    "workflows.refreshing",
)
ON_SQLITE = ("projections.sqlite.store",)
ON_POSTGRES = (
    "ledger.postgres.keys",
    "ledger.postgres.living",
    "ledger.postgres.store",
    "projections.postgres.store",
)


def load(settings: Settings) -> None:
    """Load it, for good: the garbage collector, which would write into all pages, rests from now on.

    Who is forked has it walk again, over what is its own.
    """
    gc.disable()
    for name in PARTS:
        import_module(name)
    load_stores(settings)
    gc.freeze()


def load_stores(settings: Settings) -> None:
    """Load what opens the databases, without opening any."""
    for name in ON_POSTGRES if settings.on_postgres else ON_SQLITE:
        import_module(name)
