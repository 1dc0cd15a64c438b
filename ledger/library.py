"""What the persistence modules `ledger.sqlite` and `ledger.postgres` have in common."""

from eventsourcing.utils import Environment, strtobool

WRITE = "JISR_LEDGER_WRITE"


def may_write(env: Environment) -> bool:
    """Whether a ledger that the library opens may be written to, past its commands."""
    return strtobool(env.get(WRITE) or "no")


def require_snapshots(purpose: str) -> None:
    """An aggregate recorder keeps snapshots: its table has none of the ledger's guards."""
    if purpose == "events":
        raise ValueError("the ledger's events have a recorder of their own: application_recorder")
