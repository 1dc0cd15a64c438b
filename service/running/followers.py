"""The follower of the ledger that needs no Temporal, at work in a worker."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from domain.batch.events import BatchForgotten
from domain.beneficiary.events import BeneficiaryErased
from domain.complaint.events import ComplaintErased
from ledger.following.erasing import Erasing
from ledger.following.follower import Follower, following
from ledger.ledger import Ledger


@contextmanager
def erasing(ledger: Ledger) -> Iterator[None]:
    """With the follower at work that destroys the keys of the erased; it needs no Temporal."""
    with closing(ledger.feed.tracking()) as tracking:
        erased = BeneficiaryErased, BatchForgotten, ComplaintErased
        projection = Erasing(tracking, ledger, *erased)
        with following(Follower(ledger.feed, tracking, projection)):
            yield
