"""The followers of the ledger that need no Temporal, at work in a worker."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from uuid import UUID

from domain.batch.events import BatchForgotten
from domain.beneficiary.events import BeneficiaryErased
from domain.complaint.events import ComplaintErased
from ledger.following.erasing import Erasing
from ledger.following.follower import Follower, following
from ledger.ledger import Ledger
from service.running.backup.erased import Register
from workflows.batch.forgetting import Forgetting


@contextmanager
def erasing(ledger: Ledger, register: Register | None = None) -> Iterator[None]:
    """With the follower at work that destroys the keys of the erased, and the one that has the lists
    forgotten on which they are. `register`: where they are noted, apart from what is backed up.
    """
    with closing(ledger.feed.tracking()) as tracking, closing(ledger.feed.tracking()) as lists:
        erased = BeneficiaryErased, BatchForgotten, ComplaintErased
        note = register.add if register else _noted_nowhere
        projection = Erasing(tracking, ledger, *erased, note=note)
        with (
            following(Follower(ledger.feed, tracking, projection)),
            following(Follower(ledger.feed, lists, Forgetting(lists, ledger))),
        ):
            yield


def _noted_nowhere(_: Iterable[UUID]) -> None:
    """Of a ledger that nobody backs up."""
