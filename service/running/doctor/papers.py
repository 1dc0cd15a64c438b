"""Papers that events tell of, and that are not in their folder."""

from typing import Any

from domain.agreement.events import AgreementDocumentAttached
from domain.case.events import DocumentAttached
from domain.ceremony.events import CeremonyDocumentAttached
from domain.events.shapes import topics_of
from domain.order.events import OrderDocumentAttached
from domain.session.events import SessionDocumentAttached
from ledger.ledger import Ledger
from service.papers.place import wrong_with
from service.running.doctor.finding import Finding, Part, broken, well
from service.settings import Settings

ATTACHED = (
    *(DocumentAttached, SessionDocumentAttached, OrderDocumentAttached),
    *(CeremonyDocumentAttached, AgreementDocumentAttached),
)
TOPICS = tuple(topic for each in ATTACHED for topic in topics_of(each))
NAMED = 3
"""So many of those that are missing are named."""


def papers(ledger: Ledger, settings: Settings) -> Finding:
    """Whether each that stands is there; those of the erased are gone, and should be."""
    vault, folder = ledger.papers, settings.papers
    if (wrong := wrong_with(settings)) is not None or vault is None:
        return broken(Part.PAPERS, wrong or "no folder is named", "no part starts without it")
    streams = sorted({str(each.originator_id) for each in ledger.feed.after(0, TOPICS)})
    there, missing = 0, list[str]()
    for stream in streams:
        state: Any = ledger.glance(stream)
        for name, paper in state.papers.items():
            if paper.stands and not vault.is_erased(paper.holder):
                lies = vault.lies(paper.place(stream, name))
                there += lies
                missing += [] if lies else [f"{name} of {stream}"]
    if not missing:
        return well(Part.PAPERS, f"{there} attached, and all in {folder}")
    named = ", ".join(missing[:NAMED]) + (" and others" if len(missing) > NAMED else "")
    return broken(
        Part.PAPERS,
        f"{len(missing)} of {there + len(missing)} are not in {folder}: {named}",
        "bring the folder back from its backup, beside what came since; what is there stays as it is",
    )
