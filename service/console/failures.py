"""A page for what went wrong: what happened, whether anything is lost, and one way on."""

from dataclasses import dataclass

from starlette.responses import Response

from domain.errors import JisrError, NotAllowed
from service.api.problems import when_to_come_back
from service.console.visit import Visit
from service.problems.faults import text_of_fault
from service.problems.problem import Rejected, text_of
from service.problems.table import status_of
from service.words.language import Language
from service.words.store import Section, words

ISOLATED = "\u2068{}\u2069"
"""What stands in a sentence of either direction keeps its own."""
OF_ANOTHER_CENTRE = frozenset({"other_centre", "agreement_of_several_centres"})
HIDDEN, AWAY, OURS = 404, (503, 504), 500
SAID_FOR_PEOPLE = frozenset({"body_too_large", "method_not_allowed", "unavailable"})
"""Codes whose own texts speak to programs; pages have others."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of a failure."""

    title: str
    help: str
    status: int
    reference: str = ""
    """By which the log tells more, of a fault of ours."""


def failed(visit: Visit, error: JisrError) -> Response:
    """A page that says what happened, without saying what another centre has."""
    told = told_of(error, visit.language)
    response = visit.page("message.html", status=told.status, told=told)
    response.headers.update(when_to_come_back(error, told.status))
    return response


def told_of(error: JisrError, language: Language) -> Told:
    said, status = words(language).page, status_of(error.code)
    if _is_hidden(error, status):
        return Told(said["not_here"], said["not_here_help"], HIDDEN)
    title, detail = text_of(error.code, error.params, language, ISOLATED)
    if status in AWAY:
        more = "" if error.code in SAID_FOR_PEOPLE else f" {detail}"
        return Told(said["unavailable"], said["unavailable_help"] + more, status)
    if status >= OURS:
        reference = str(error.params.get("reference") or "")
        return Told(said["unexpected"], said["unexpected_help"], OURS, reference)
    if error.code in SAID_FOR_PEOPLE:
        return _for_people(error.code, status, said)
    if isinstance(error, Rejected) and error.faults.named:
        detail = text_of_fault(error.faults.named[0], language)
    return Told(title, detail, status)


def _for_people(code: str, status: int, said: Section) -> Told:
    return Told(said[code], said[f"{code}_help"], status)


def _is_hidden(error: JisrError, status: int) -> bool:
    return status == HIDDEN or isinstance(error, NotAllowed) or error.code in OF_ANOTHER_CENTRE
