"""The pages: sign in, the caseload, one case. They change nothing yet, they show."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import FastAPI, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from domain.case.schedule import ReviewStatus
from domain.case.vocabulary import Stage
from domain.errors import JisrError, NotAllowed, Refused
from domain.message import Actor
from domain.values.places import places
from projections.views.caseload import NEWEST, Filters
from projections.views.pages import Part
from service.access.reader import Reader
from service.api.admitting import holder_of
from service.api.forwarded import path_within, prefix_of
from service.application import Application
from service.console.pages import rows
from service.console.session import COOKIE, LASTS, Sessions
from service.identity.access_keys import digest_of
from service.problems.problem import Rejected, text_of
from service.problems.table import status_of
from service.queries import caseload, cases, timeline
from service.queries.staff import list_staff
from service.words import writing
from service.words.language import Language, preferred
from service.words.store import words

LANGUAGE_COOKIE = "jisr_language"
A_YEAR = 365 * 24 * 3600
PAGE = 50
EVENTS = 500
"""The timeline shows so many events at most."""
SEE_OTHER = 303
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}


@cache
def _templates() -> Environment:
    loader = PackageLoader("service.console")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


def mount_console(app: FastAPI) -> None:
    """Add the console beside the API."""
    static = _Static(packages=[("service.console", "static")])
    app.mount("/console/static", static, name="console-static")
    for path, endpoint, method in (
        ("/", caseload_page, "GET"),
        ("/", caseload_page, "POST"),
        ("/cases/{case_id}", case_page, "GET"),
        ("/console/sign-in", sign_in, "POST"),
        ("/console/sign-out", sign_out, "POST"),
        ("/console/language/{language}", choose_language, "GET"),
    ):
        app.add_route(path, endpoint, methods=[method], include_in_schema=False)


class _Static(StaticFiles):
    """What a browser may keep, if it asks each time whether it is still the same."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = "no-cache"
        return response


async def caseload_page(request: Request) -> Response:
    """The cases the reader may see; filters come in the form, never in the address."""
    actor = await _actor(request)
    if actor is None:
        return _page(request, "sign_in.html", None, failed=None)
    form = {name: str(value) for name, value in (await request.form()).items()}
    chosen = {name: form.get(name) or None for name in ("text", "stage", "status", "province")}
    try:
        return await _caseload(request, actor, chosen, form.get("after"))
    except JisrError as error:
        return _failed(request, actor, error)


async def _caseload(
    request: Request, actor: Actor, chosen: Mapping[str, str | None], after: str | None
) -> Response:
    application, language = _application(request), _language(request)
    reader = Reader(actor, language)
    part = Part(NEWEST, after, PAGE)
    found = await application.ask(reader, caseload.list_cases, _filters(chosen), part)
    counts = await application.ask(reader, caseload.count_cases, Filters())
    return _page(
        request,
        "caseload.html",
        actor,
        rows=[rows.case_line(row, language) for row in found.cases],
        counts=counts,
        still_open=counts.total - counts.by_stage.get(Stage.CLOSED, 0),
        chosen=chosen,
        next=found.next_cursor,
        statuses={
            status: words(language).of(status)
            for status in (ReviewStatus.DUE, ReviewStatus.OVERDUE)
        },
        provinces={code: writing.place_name(place, language) for code, place in places().items()},
    )


def _filters(chosen: Mapping[str, str | None]) -> Filters:
    """What was chosen, where it is something that can be chosen."""
    stage, status, province = chosen["stage"], chosen["status"], chosen["province"]
    return Filters(
        text=chosen["text"],
        stage=Stage(stage) if stage in set(Stage) else None,
        status="due" if status == "due" else "overdue" if status == "overdue" else None,
        province=province if province in places() else None,
    )


async def case_page(request: Request) -> Response:
    """One case: how far it is, what is open, what is due, what happened."""
    actor = await _actor(request)
    if actor is None:
        return _page(request, "sign_in.html", None, failed=None)
    try:
        case_id = UUID(request.path_params["case_id"])
        return await _case(request, actor, case_id)
    except ValueError:
        return _failed(request, actor, Refused("case_not_found"))
    except JisrError as error:
        return _failed(request, actor, error)


async def _case(request: Request, actor: Actor, case_id: UUID) -> Response:
    application, language = _application(request), _language(request)
    reader = Reader(actor, language)
    case = await application.ask(reader, cases.get_case, case_id)
    events = await application.ask(reader, timeline.get_case_timeline, case_id, 0, EVENTS)
    staff = await application.ask(reader, list_staff)
    labels = {each.staff_id: each.label for each in staff.staff if each.label}
    name, other = writing.both_names(case.name_ar, case.name_latin, language)
    return _page(
        request,
        "case.html",
        actor,
        name=name,
        other_name=other,
        reference=case.reference,
        version=case.version,
        centre=case.centre,
        province=writing.province(case.province, language),
        paused=case.paused,
        stage=case.stage,
        reached=list(Stage).index(case.stage),
        open_steps=[step for step in case.open_steps if step.yours],
        closed_steps=case.closed_steps,
        reviews=[rows.review_line(review, language) for review in case.reviews],
        timeline=list(rows.timeline_lines(events.entries, labels, language)),
    )


async def sign_in(request: Request) -> Response:
    """Trade a key for a session of a working day."""
    key = str((await request.form()).get("key", "")).strip()
    try:
        await holder_of(request, key)
    except Rejected as error:
        return _not_signed_in(request, error)
    cookie = _sessions(request).seal(digest_of(key), datetime.now(UTC))
    response = _to(request, "/")
    response.set_cookie(
        COOKIE,
        cookie,
        path=_cookie_path(request),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def _not_signed_in(request: Request, error: Rejected) -> Response:
    """The form again, with why: the key opens nothing, or too many did not."""
    status, failed = status_of(error.code), words(_language(request)).page["sign_in_failed"]
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        failed = text_of(error.code, error.params, _language(request))[1]
    response = _page(request, "sign_in.html", None, failed=failed, status=status)
    if "seconds" in error.params:
        response.headers["Retry-After"] = str(error.params["seconds"])
    return response


async def sign_out(request: Request) -> Response:
    response = _to(request, "/")
    response.delete_cookie(COOKIE, path=_cookie_path(request))
    return response


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(prefix_of(request.scope) + path, SEE_OTHER)


def _cookie_path(request: Request) -> str:
    return prefix_of(request.scope) or "/"


async def choose_language(request: Request) -> Response:
    """Remember the language, and go back to the page it was chosen on."""
    back = urlsplit(request.query_params.get("back", "/")).path
    response = _to(request, back if back.startswith("/cases/") else "/")
    language = request.path_params["language"]
    if language in set(Language):
        response.set_cookie(
            LANGUAGE_COOKIE,
            language,
            path=_cookie_path(request),
            max_age=A_YEAR,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
    return response


async def _actor(request: Request) -> Actor | None:
    digest = _sessions(request).open(request.cookies.get(COOKIE), datetime.now(UTC))
    if digest is None:
        return None
    return await _application(request).actor_with_digest(digest)


def _application(request: Request) -> Application:
    application: Application = request.app.state.application
    return application


def _sessions(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def _language(request: Request) -> Language:
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in set(Language):
        return Language(chosen)
    return preferred(request.headers.get("accept-language", "")[:100])


def _failed(request: Request, actor: Actor, error: JisrError) -> Response:
    """A page that says what happened, without saying what another centre has."""
    page = words(_language(request)).page
    hidden = isinstance(error, NotAllowed | Refused | Rejected)
    message, status = (page["not_here"], 404) if hidden else (page["unavailable"], 503)
    return _page(request, "message.html", actor, status=status, message=message)


def _page(
    request: Request, template: str, actor: Actor | None, *, status: int = 200, **values: Any
) -> Response:
    language = _language(request)
    text = (
        _templates()
        .get_template(template)
        .render(
            words=words(language),
            lang=language,
            languages=writing.LANGUAGES,
            here=path_within(request.scope),
            root=prefix_of(request.scope),
            actor=actor,
            **values,
        )
    )
    return HTMLResponse(text, status, {**HEADERS, "Content-Language": language})
