"""Those erased since a backup was made, erased again in what was brought back.

By an entry first, in which what they are counted by is kept while their key can still be read; then the
key is destroyed, as after every erasure. Also where a copy was put in place by other means (a database
brought back to a minute, a file copied by hand): a worker looks into the register as it starts.
"""

import logging
from collections.abc import Collection
from contextlib import closing, suppress
from datetime import date
from typing import NamedTuple, cast
from uuid import UUID, uuid4

from domain.beneficiary.state import BeneficiaryState
from domain.complaint.state import ComplaintState
from domain.erasure.again import RepeatComplaintErasure, RepeatErasure
from domain.errors import JisrError, Refused, Unexpected
from domain.message import Command, Origin, OriginKind, Step, StreamKind, stream_id
from domain.upkeep.path import OPERATOR
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from ledger.opening import open_key_table
from service.bootstrap import opened_ledger
from service.running.backup.erased import register_of
from service.settings import Settings

log = logging.getLogger("jisr.backup")


class Again(NamedTuple):
    """How many."""

    recorded: int
    """Entries that say so."""
    destroyed: int
    """Keys."""
    untold: str = ""
    """Why no entry says so, where none could be recorded: a worker does it when it can."""


def erase_registered(settings: Settings) -> Again:
    """Whoever the register has, and whose key is there again. Raises as a ledger does."""
    if not settings.erased.exists():
        return Again(0, 0)
    with opened_ledger(settings, restoring=True) as ledger:
        known = register_of(settings, ledger).read()
        if there := _still_wrapped(settings, known):
            log.error("keys of %d who were erased are there again", len(there))
        done = erase_again(settings, ledger, known)
        if done.untold:
            log.error("they are erased, and no entry says so: %s", done.untold)
        return done


def erase_again(settings: Settings, ledger: Ledger, erased: Collection[UUID]) -> Again:
    """As of a ledger in which nobody reads yet. Can be repeated.

    What keeps an entry from being recorded keeps no key from being destroyed.
    """
    people, recorded, untold = tuple(sorted(erased)), 0, ""
    try:
        recorded = _recorded(ledger, people)
    except JisrError as error:
        untold = str(error)
    return Again(recorded, _destroyed(settings, ledger, people), untold)


def _recorded(ledger: Ledger, people: tuple[UUID, ...]) -> int:
    recorded = 0
    for subject in people:
        person = stream_id(StreamKind.BENEFICIARY, subject)
        state = cast("BeneficiaryState", ledger.state(person))
        if state.version and not state.erased:
            recorded += _record(
                ledger, person, RepeatErasure(occurred_on=_today(ledger), persons=people)
            )
    for subject in people:
        complaint = stream_id(StreamKind.COMPLAINT, subject)
        found = cast("ComplaintState", ledger.state(complaint))
        if found.version and not found.erased:
            recorded += _record(
                ledger, complaint, RepeatComplaintErasure(occurred_on=_today(ledger))
            )
    return recorded


def _destroyed(settings: Settings, ledger: Ledger, erased: Collection[UUID]) -> int:
    """A list's key waits for whoever has lists forgotten: its lines say who is on it."""
    there = _still_wrapped(settings, erased)
    lists = {subject for subject in there if _has(ledger, StreamKind.BATCH, subject)}
    for subject in there - lists:
        kind = next((k for k in _KINDS if _has(ledger, k, subject)), None)
        with suppress(Unexpected):  # no entry says it yet
            if kind is not None:
                ledger.destroy_key(subject, kind)
    left = _still_wrapped(settings, there - lists)
    with closing(open_key_table(settings.keys)) as table:
        for subject in left:  # who came after the backup, of whom nothing is left to be said
            table.destroy(subject)
            if ledger.papers is not None:
                ledger.papers.forget(subject)
    return len(there - lists)


_KINDS = (StreamKind.BENEFICIARY, StreamKind.COMPLAINT)


def _has(ledger: Ledger, kind: StreamKind, subject: UUID) -> bool:
    return bool(ledger.state(stream_id(kind, subject)).version)


def _still_wrapped(settings: Settings, subjects: Collection[UUID]) -> set[UUID]:
    with closing(open_key_table(settings.keys)) as table:
        return set(table.find(list(subjects)).wrapped) if subjects else set()


def _record(ledger: Ledger, stream: str, step: Step) -> int:
    command = Command(
        id=uuid4(),
        target=stream,
        step=step,
        actor=OPERATOR,
        origin=Origin(kind=OriginKind.MACHINE),
    )
    try:
        ledger.record(command)
    except Refused as refused:
        if refused.code not in ("erased", "complaint_erased"):
            raise
        return 0  # with whoever goes by the same person, or by another worker
    return 1


def _today(ledger: Ledger) -> date:
    return local_date(ledger.now())
