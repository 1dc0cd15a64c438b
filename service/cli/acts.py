"""How a command says in the ledger what it did at the machine."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from domain.errors import JisrError
from domain.upkeep.vocabulary import Act, Fact
from service.cli.options import err

if TYPE_CHECKING:
    from ledger.ledger import Ledger
    from service.settings import Settings


def tell(ledger: "Ledger", act: Act, facts: Mapping[Fact, object]) -> None:
    """Record it; raises what keeps it from being recorded, having said that it is done."""
    from service.running.acts import record_act

    with done():
        record_act(ledger, act, facts)


@contextmanager
def done() -> Iterator[None]:
    """Where what was done is recorded: says so of what keeps it from being recorded."""
    try:
        yield
    except JisrError:
        err.print("It is done, and no entry of the ledger says so, because:")
        raise


def tell_anew(settings: "Settings", act: Act, facts: Mapping[Fact, object]) -> None:
    """As `tell`, on the ledger as it is now, where the command has none open."""
    from service.bootstrap import opened_ledger

    with opened_ledger(settings) as ledger:
        tell(ledger, act, facts)


def tell_where_begun(settings: "Settings", act: Act) -> None:
    """As `tell_anew`, of what may come before anything is recorded, and on a machine from which the
    ledger is not opened: then it is said here that no entry tells of it.
    """
    from service.bootstrap import opened_ledger
    from service.running.faults import OperatorError

    why = "JISR_DATABASE_URL is not set"
    if settings.database_url is not None:
        try:
            with opened_ledger(settings) as ledger:
                if ledger.head():
                    tell(ledger, act, {})
                return
        except (JisrError, OperatorError, OSError, ValueError) as cannot:
            why = str(cannot)
    err.print(f"No entry of the ledger says so: {why}", markup=False)
