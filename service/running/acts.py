"""What an operator did, as an event of the house: recorded by the command that did it.

Called when it is done, with what it came to. What is told are numbers, codes, hashes and ids
(`domain.upkeep.vocabulary.Fact`), and the account that the command ran under.
"""

import os
import pwd
from collections.abc import Mapping
from uuid import UUID, uuid4

from domain.message import Command, Origin, OriginKind, derived_id
from domain.upkeep.path import OPERATOR, STREAM
from domain.upkeep.steps import RecordAct
from domain.upkeep.vocabulary import Act, Fact
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from workflows.by_hand import Ended

NOTHING: Mapping[Fact, object] = {}
LONGEST = 100
"""Of an account's name, as Temporal has it."""
UNNAMED = "temporal"
"""Where it knows of nobody."""


def record_act(ledger: Ledger, act: Act, facts: Mapping[Fact, object] = NOTHING) -> int:
    """Record that it was done; the position of the entry. Facts that are None are left out.

    Raises as `Ledger.record` does: then it is done all the same, and whoever did it is to be told
    that no entry says so.
    """
    told = {fact: str(value) for fact, value in facts.items() if value is not None}
    step = RecordAct(occurred_on=local_date(ledger.now()), act=act, account=account(), facts=told)
    command = Command(
        id=uuid4(),
        target=STREAM,
        step=step,
        actor=OPERATOR,
        origin=Origin(kind=OriginKind.MACHINE),
    )
    return ledger.record(command).position


def record_ended(ledger: Ledger, ended: Ended) -> int:
    """Record what somebody did to a run in Temporal: once, however often it is found.

    Raises as `Ledger.record` does.
    """
    told = {
        Fact.OF: ended.workflow,
        Fact.RUN: ended.run,
        Fact.NEXT_RUN: ended.next_run,
        Fact.ENDED_AT: ended.at.isoformat(timespec="seconds"),
    }
    step = RecordAct(
        occurred_on=local_date(ended.at),
        act=Act(f"workflow_{ended.how}"),
        account=_as_named(ended.by),
        facts={fact: value for fact, value in told.items() if value},
    )
    command = Command(
        id=derived_id(UUID(ended.run), str(step.act)),
        target=STREAM,
        step=step,
        actor=OPERATOR,
        origin=Origin(kind=OriginKind.MACHINE, id=ended.run),
    )
    return ledger.record(command).position


def _as_named(by: str) -> str:
    """As far as it can be read: whoever calls Temporal says themselves who they are."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in by).split())
    return text[:LONGEST].strip() if any(sign.isalnum() for sign in text[:LONGEST]) else UNNAMED


def account() -> str:
    """Under which this process runs; by `sudo`, who called that too."""
    running = _called(os.geteuid())
    caller = os.environ.get("SUDO_UID", "")
    return f"{running}, {_called(int(caller))}" if caller.isdecimal() else running


def _called(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # such as in a container
        return str(user)
