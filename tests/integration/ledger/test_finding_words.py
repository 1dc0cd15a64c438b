"""What was written of a finding goes with whoever it was about; that it was dismissed stays."""

from contextlib import closing
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from domain.dismissal.events import FindingDismissed
from domain.dismissal.state import FindingState
from domain.dismissal.steps import DismissFinding
from domain.dismissal.vocabulary import DismissedBecause
from domain.errors import Unexpected
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    StreamKind,
    stream_id,
)
from ledger.ledger import Ledger
from ledger.port import programme
from service.running.forgotten_words import ForgettingWords
from tests.integration.ledger.place import Opener

FINDING, PERSON, OTHER = UUID(int=21), UUID(int=22), UUID(int=23)
STREAM = stream_id(StreamKind.FINDING, FINDING)
WORDS = "Xanthippe lent it to her sister."


def dismiss(ledger: Ledger) -> None:
    step = DismissFinding(
        occurred_on=ledger.now().date(), because=DismissedBecause.ONE_FAMILY, explanation=WORDS
    )
    command = Command(
        id=uuid4(),
        target=STREAM,
        step=step,
        actor=Actor(id=UUID(int=7), role=Role.DIVISION),
        origin=Origin(kind=OriginKind.IMPORT),
        alike=(PERSON,),
    )
    ledger.record(command)


def erase(ledger: Ledger, person: UUID) -> None:
    """Have the follower look, as once a person's erasure is recorded."""
    with closing(ledger.feed.tracking()) as tracking:
        forgetting = ForgettingWords(tracking, ledger)
        (stored,) = ledger.events(0, 1)
        erased = stored.envelope._replace(stream=stream_id(StreamKind.BENEFICIARY, person))
        forgetting.process_event(erased, cast("Any", None))
        forgetting.settle()


def told(ledger: Ledger) -> list[str | None]:
    """What is read of it."""
    events = (each.event for each in ledger.history(STREAM))
    return [each.explanation for each in events if isinstance(each, FindingDismissed)]


def test_the_words_go_with_whoever_they_were_about(opened: Opener) -> None:
    ledger = opened(domain=programme())
    dismiss(ledger)
    erase(ledger, OTHER)
    assert told(ledger) == [WORDS]
    with pytest.raises(Unexpected):
        ledger.destroy_key(FINDING, StreamKind.FINDING)
    erase(ledger, PERSON)
    erase(ledger, PERSON)
    state = cast("FindingState", ledger.state(STREAM))
    assert (state.erased, state.version) == (True, 2)
    ledger.destroy_key(FINDING, StreamKind.FINDING)
    assert told(ledger) == [None]
    dismiss(ledger)
    assert told(ledger) == [None, None], "nothing more is written of it"
    said = cast("FindingState", ledger.state(STREAM)).dismissal
    assert said is not None
    assert (said.because, said.by) == (DismissedBecause.ONE_FAMILY, UUID(int=7))
