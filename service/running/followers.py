"""The followers of the ledger that need no Temporal, at work in a worker."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from uuid import UUID

from domain.batch.events import BatchForgotten
from domain.beneficiary.events import BeneficiaryErased
from domain.complaint.events import ComplaintErased
from domain.dismissal.events import FindingForgotten
from ledger.following.erasing import Erasing
from ledger.following.follower import Follower, following
from ledger.ledger import Ledger
from service.running.backup.erased import Register
from service.running.forgotten_words import ForgettingWords
from workflows.batch.forgetting import Forgetting


@contextmanager
def erasing(ledger: Ledger, register: Register | None = None) -> Iterator[None]:
    """With the follower at work that destroys the keys of the erased, and those that have
    forgotten the lists on which they are, and what was written of findings about them. `register`: where they are noted, apart from what is backed up.
    """
    with (
        closing(ledger.feed.tracking()) as tracking,
        closing(ledger.feed.tracking()) as lists,
        closing(ledger.feed.tracking()) as words,
    ):
        erased = BeneficiaryErased, BatchForgotten, ComplaintErased, FindingForgotten
        note = register.add if register else _noted_nowhere
        projection = Erasing(tracking, ledger, *erased, note=note)
        with (
            following(Follower(ledger.feed, tracking, projection)),
            following(Follower(ledger.feed, lists, Forgetting(lists, ledger))),
            following(Follower(ledger.feed, words, ForgettingWords(words, ledger))),
        ):
            yield


def _noted_nowhere(_: Iterable[UUID]) -> None:
    """Of a ledger that nobody backs up."""
