"""What an erasure of a person takes and leaves, before it is asked for; and what was done, after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from domain.message import StreamKind
from service.access.table import QUERIES
from service.console.navigation import reads_people
from service.console.showing.links import links_on
from service.console.visit import Signed
from service.queries.erasing.looking import get_erasure
from service.queries.erasing.shape import CopyOutside, ErasureStanding
from service.queries.papers_out.table import OF_A_THING
from service.words.store import words

STEPS = {
    ErasureStanding.PROOF_KEPT: ("restrict-person",),
    ErasureStanding.REQUEST_WAITS: ("answer-data-request",),
    ErasureStanding.POSSIBLE: ("request-erasure",),
    ErasureStanding.ASKED: ("confirm-beneficiary-request", "refuse-beneficiary-request"),
}
"""What leads on from where it stands."""
RESTRICT, LIFT = "restrict-person", "lift-restriction"
SAID = {
    "attestation": "erasure_copy_attestation",
    "get-person-record": "erasure_copy_record",
    **dict.fromkeys(
        ("get-event-log", "get-object-log", "file-xes", "file-ocel"), "erasure_copy_log"
    ),
    **dict.fromkeys(("get-case-provenance", "file-prov"), "erasure_copy_provenance"),
    "file-bundle": "erasure_copy_bundle",
    **{
        paper.name: f"paper_{paper.file.replace('-', '_')}"
        for papers in OF_A_THING.values()
        for paper in papers.values()
    },
}
"""By what made a copy, the word of pages for it."""


@dataclass(frozen=True, slots=True)
class Copy:
    what: str
    number: str
    on: date
    by: str
    times: int


async def erasure_page(visit: Signed) -> Response:
    person_id = visit.id_of("beneficiary_id")
    found = await visit.ask(get_erasure, person_id)
    own = visit.steps_of(StreamKind.BENEFICIARY)
    steps = STEPS.get(found.standing, ())
    if found.restricted_until is not None:
        steps = (*(each for each in steps if each != RESTRICT), LIFT)
    prints = visit.actor.role in QUERIES["print-erasure-certificate"].who
    return visit.page(
        "erasure.html",
        it=found,
        says=words(visit.language).page[f"erasure_{found.standing}"],
        copies=[*_copies(visit, found.outside)],
        certificate=prints and found.done is not None,
        back=f"/beneficiaries/{person_id}" if reads_people(visit.actor.role) else "/privacy",
        steps=links_on(steps, own, "beneficiaries", person_id, visit.language),
    )


def _copies(visit: Signed, copies: tuple[CopyOutside, ...]) -> Iterator[Copy]:
    for each in copies:
        what = words(visit.language).page[SAID.get(each.what, "erasure_copy_other")]
        yield Copy(what, each.number or "", each.on, each.by or "", each.times)
