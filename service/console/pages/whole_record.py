"""All that is kept of a person as one file to hand over: to be read, as data, and their papers."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from starlette.responses import Response, StreamingResponse

from service.access.reader import Reader
from service.console.visit import Signed
from service.printing.archive import Opens, zipped
from service.queries.papers import PaperFile, get_case_paper
from service.queries.record.making import get_person_record, print_person_record

NAME = "record.zip"
"""It says nothing of anybody."""


async def whole_record(visit: Signed) -> Response:
    """In the person's language; what of their papers is still kept."""
    person_id = visit.id_of("beneficiary_id")
    record = await visit.ask(get_person_record, person_id, None)
    reader = Reader(visit.actor, visit.language)
    printed = await visit.application.print(reader, print_person_record, person_id, None)
    papers = [
        await visit.ask(get_case_paper, each.case_id, each.paper_id)
        for each in record.papers
        if each.href is not None
    ]
    told = record.model_dump_json(indent=1).encode()
    content = zipped(_files(visit, told, printed, papers))
    headers = {
        "Content-Disposition": f'attachment; filename="{NAME}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(content, 200, headers, "application/zip")


def _files(
    visit: Signed, told: bytes, printed: bytes, papers: list[PaperFile]
) -> Iterator[tuple[str, Opens]]:
    yield "record.pdf", partial(BytesIO, printed)
    yield "record.json", partial(BytesIO, told)
    for number, each in enumerate(papers, 1):
        opens = partial(visit.application.papers.opened, each.place)
        yield f"papers/{number:02}-{each.name}", opens
