"""What `jisr doctor` says of the views: level with the ledger, behind, or before what they cannot read."""

from domain.errors import NewerReleaseNeeded, Unexpected
from ledger.ledger import Ledger
from projections.store import Views
from service.running.finding import Finding, caught_up

LARGEST_LAG = 100
"""Events the projector may be behind at the moment one looks."""


def projected(ledger: Ledger, views: Views, head: int) -> Finding:
    lag = caught_up(lambda: head - views.position())
    if lag <= 0:
        return Finding("projector", well=True, found="level with the ledger")
    behind, at = f"{lag} events behind", views.position()
    try:
        ledger.events(at, 1)
    except NewerReleaseNeeded as error:
        return Finding(
            "projector",
            well=False,
            found=f"{behind}: only a newer release knows the event at position {at + 1}",
            advice=str(error),
        )
    except Unexpected as fault:
        why = fault.params.get("type") or fault.params.get("because") or "a fault"
        return Finding(
            "projector",
            well=False,
            found=f"{behind}: the event at position {at + 1} cannot be read ({why})",
            advice="lists and reports answer as of there: tell who made Jisr, and look which program "
            "wrote it",
        )
    advice = "start `jisr projector` (or `jisr up`); if it runs, look into its log"
    return Finding("projector", lag < LARGEST_LAG, behind, advice)
