"""How a command says in the ledger what it did at the machine."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from collections.abc import Mapping
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

    try:
        record_act(ledger, act, facts)
    except JisrError:
        err.print("It is done, and no entry of the ledger says so, because:")
        raise


def tell_anew(settings: "Settings", act: Act, facts: Mapping[Fact, object]) -> None:
    """As `tell`, on the ledger as it is now, where the command has none open."""
    from service.bootstrap import opened_ledger

    with opened_ledger(settings) as ledger:
        tell(ledger, act, facts)
