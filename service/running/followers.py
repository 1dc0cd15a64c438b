"""The followers of the ledger that need no Temporal, at work in a worker."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from domain.batch.events import BatchForgotten
from domain.beneficiary.events import BeneficiaryErased
from domain.complaint.events import ComplaintErased
from ledger.following.erasing import Erasing
from ledger.following.follower import Follower, following
from ledger.ledger import Ledger
from workflows.batch.forgetting import Forgetting


@contextmanager
def erasing(ledger: Ledger) -> Iterator[None]:
    """With the follower at work that destroys the keys of the erased, and the one that has the lists
    forgotten on which they are.
    """
    with closing(ledger.feed.tracking()) as tracking, closing(ledger.feed.tracking()) as lists:
        erased = BeneficiaryErased, BatchForgotten, ComplaintErased
        projection = Erasing(tracking, ledger, *erased)
        with (
            following(Follower(ledger.feed, tracking, projection)),
            following(Follower(ledger.feed, lists, Forgetting(lists, ledger))),
        ):
            yield
