"""Which page stands at which address."""

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.errors import NotFound
from service.console.doors import Endpoint, failed, open_to_all, signed_in
from service.console.pages import signing_in
from service.console.pages.announced import SEEN, notices_seen
from service.console.pages.case import case_page
from service.console.pages.caseload import found_page, search
from service.console.pages.first import first_page
from service.console.pages.steps import send_step, sent_page, step_form
from service.console.rendering import Static
from service.console.visit import visit_of

GET, POST = "GET", "POST"
HTML = "text/html"
PAGES: tuple[tuple[str, str, Endpoint], ...] = (
    (GET, "/", signed_in(first_page)),
    (POST, "/found", signed_in(search)),
    (GET, "/found/{name}", signed_in(found_page)),
    (GET, "/cases/{case_id}", signed_in(case_page)),
    (GET, "/steps/{step}", signed_in(step_form)),
    (POST, "/steps/{step}", signed_in(send_step)),
    (GET, "/sent/{key}", signed_in(sent_page)),
    (GET, "/console/sign-in", open_to_all(signing_in.sign_in_page)),
    (POST, "/console/sign-in", open_to_all(signing_in.sign_in)),
    (POST, SEEN, signed_in(notices_seen)),
    (POST, "/console/sign-out", open_to_all(signing_in.sign_out)),
    (POST, "/console/language", open_to_all(signing_in.choose_language)),
)
API = ("/v1/", "/openapi.json", "/problems")
"""Where programs ask, who read problem documents."""


def mount_console(app: FastAPI) -> None:
    """Add the console beside the API."""
    static = Static(packages=[("service.console", "static")])
    app.mount("/console/static", static, name="console-static")
    for method, path, endpoint in PAGES:
        app.add_route(path, endpoint, methods=[method], include_in_schema=False)
    _answer_people_with_pages(app)


def _answer_people_with_pages(app: FastAPI) -> None:
    """Have a browser at an address that is none read a page, in its reader's language."""
    to_programs = app.exception_handlers[HTTPException]

    async def answer(request: Request, error: Exception) -> Response:
        if _is_person(request):
            return failed(visit_of(request), NotFound())
        response: Response = await to_programs(request, error)  # type: ignore[misc]  # all of ours are coroutines
        return response

    app.add_exception_handler(HTTPException, answer)


def _is_person(request: Request) -> bool:
    path = request.scope["path"]
    return HTML in request.headers.get("accept", "") and not path.startswith(API)
