"""Papers to print, as PDF: each of one thing, or of a whole list in one go."""

from uuid import UUID

from fastapi import FastAPI
from starlette.responses import Response

from service.api.asking import Asker, add_paper
from service.api.parameters import AtLeast
from service.queries.papers_out.cases import print_delivery_slip
from service.queries.papers_out.ceremonies import print_ceremony_slips


async def delivery_slip(asker: Asker, case_id: UUID, given: AtLeast) -> Response:
    """A delivery slip of what waits to be handed over in a case; where nothing does, of what was.

    One sheet a project. A minor's is signed by the guardian and names no cash.
    """
    await asker.caught_up(given.at_least)
    return await asker.paper("delivery-slip", print_delivery_slip, case_id)


async def ceremony_slips(asker: Asker, ceremony_id: UUID, given: AtLeast) -> Response:
    """The delivery slips of all on a ceremony's list whose lines you may read, in one file.

    They prove nothing by themselves: each line is inspected, signed and confirmed by itself.
    """
    await asker.caught_up(given.at_least)
    return await asker.paper("delivery-slips", print_ceremony_slips, ceremony_id)


def add_papers_out(app: FastAPI) -> None:
    path, tag = "/v1/cases/{case_id}/papers-out/", "papers out"
    add_paper(app, "print-delivery-slip", path + "delivery-slip", tag, delivery_slip)
    path = "/v1/ceremonies/{ceremony_id}/papers-out/"
    add_paper(app, "print-ceremony-slips", path + "delivery-slips", tag, ceremony_slips)
