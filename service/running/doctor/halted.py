"""Processes that are there and do nothing, because somebody halted them."""

from collections.abc import Collection, Iterator

from ledger.ground.living import Alive, is_halted
from service.running.doctor.finding import Finding, Part, broken

PARTS = {"api": Part.API, "worker": Part.WORKER, "projector": Part.PROJECTOR}


def halted(living: Collection[Alive]) -> Iterator[Finding]:
    """Those of this machine among the processes that left word at the ledger."""
    for each in living:
        if each.process is not None and is_halted(each.process):
            yield broken(
                PARTS[each.part],
                f"process {each.process} is halted, as by SIGSTOP",
                f"let it go on (`kill -CONT {each.process}`), or end it: `jisr up` starts it anew",
            )
