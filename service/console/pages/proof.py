"""What is sealed, and proofs of it: shown, given out as text, and compared with what somebody brings."""

from dataclasses import dataclass

from starlette.responses import Response

from domain.errors import NotFound
from service.console.pages.case import seen
from service.console.visit import Signed
from service.queries.proofs import (
    EventProof,
    check_proof,
    get_case_proof,
    get_checkpoint,
    get_event_proof,
    get_receipt_proof,
    list_checkpoints,
)

PATH = "/proof"
EVENT = f"{PATH}/events"
SHOWN = 30
DIGITS = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of what was pasted."""

    comes: str
    said: str
    position: int | None
    size: int | None

    @property
    def is_well(self) -> bool:
        return self.comes == "stands"


async def proof_page(visit: Signed) -> Response:
    return await _page(visit, typed="", answer=None)


async def compare_proof(visit: Signed) -> Response:
    """What was pasted comes back in the form: nothing is lost where it was the wrong text."""
    typed = (await visit.form()).get("text", "")
    found = await visit.ask(check_proof, typed)
    said = f"proof_{found.shown}_{found.comes}" if found.shown else f"proof_{found.comes}"
    return await _page(visit, typed, Answer(str(found.comes), said, found.position, found.size))


async def _page(visit: Signed, typed: str, answer: Answer | None) -> Response:
    page = await visit.ask(list_checkpoints, 0, SHOWN)
    if page.next_after is not None and page.last_number is not None:
        page = await visit.ask(list_checkpoints, page.last_number - SHOWN, SHOWN)
    return visit.page(
        "proof.html",
        it=page,
        kept=page.checkpoints[::-1],
        behind=page.recorded - page.sealed,
        typed=typed,
        answer=answer,
    )


async def checkpoint_page(visit: Signed) -> Response:
    found = await visit.ask(get_checkpoint, _number(visit, "number"))
    return visit.page("checkpoint.html", it=found)


async def event_proof_page(visit: Signed) -> Response:
    position = _number(visit, "position")
    return _event(visit, await visit.ask(get_event_proof, position), PATH)


async def receipt_proof_page(visit: Signed) -> Response:
    key = visit.request.path_params["key"]
    return _event(visit, await visit.ask(get_receipt_proof, key), "")


def _event(visit: Signed, found: EventProof, back: str) -> Response:
    return visit.page("event_proof.html", it=found, back=back, said=f"proof_is_{found.sealed}")


async def case_proof_page(visit: Signed) -> Response:
    it = await seen(visit)
    found = await visit.ask(get_case_proof, it.case.case_id)
    return visit.page("case_proof.html", case=it.case, it=found)


def _number(visit: Signed, name: str) -> int:
    """A number that stands in the address; raises `NotFound` for what is none."""
    written: str = visit.request.path_params[name]
    if not (written.isascii() and written.isdecimal() and len(written) <= DIGITS):
        raise NotFound
    return int(written)
