"""The ledger's followers, as an operator has them: at work in a worker, and looked at."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from domain.beneficiary.events import BeneficiaryErased
from ledger.following.erasing import ERASURES, Erasing
from ledger.following.follower import Follower, following
from ledger.ledger import Ledger
from service.running.finding import Finding, caught_up


@contextmanager
def erasing(ledger: Ledger) -> Iterator[None]:
    """With the follower at work that destroys the keys of the erased; it needs no Temporal."""
    with closing(ledger.feed.tracking()) as tracking:
        projection = Erasing(tracking, ledger, BeneficiaryErased)
        with following(Follower(ledger.feed, tracking, projection)):
            yield


def looked_at(ledger: Ledger, head: int) -> Iterator[Finding]:
    """Whether each comes as far as the ledger was when it was looked at, and what it could not do."""
    from workflows.refreshing import WORKFLOWS  # noqa: PLC0415 - slow to load

    followers = {
        ERASURES: "destroys the keys of the erased",
        WORKFLOWS: "tells workflows what went past them",
    }
    with closing(ledger.feed.tracking()) as tracking:
        for name, follows in followers.items():
            lag = caught_up(lambda: head - tracking.at(name).position)  # noqa: B023 (called before the next)
            found = f"{lag} events behind" if lag > 0 else "level with the ledger"
            advice = "start `jisr worker` (or `jisr up`); if it runs, look into its log"
            if failed := tracking.passed_over(name):
                first = failed[0]
                found = (
                    f"passed over {len(failed)} events, the first at position {first.position}, "
                    f"since {first.since:%Y-%m-%d %H:%M} UTC, and tries them again each minute"
                )
                advice = "look into the worker's log: it has the reference of each fault"
            well = lag <= 0 and not failed
            yield Finding(f"who {follows}", well, found, advice)
