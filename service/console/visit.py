"""One request to the console: who asks, in which language, and how they are answered."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.commands import HANDLINGS
from domain.commands import STEPS as MODELS
from domain.errors import NotFound
from domain.message import Actor, StreamKind
from domain.values.calendar import local_date
from service.access.asker import note_purpose
from service.access.names import nameless
from service.access.reader import Reader
from service.access.table import STEPS
from service.api.edge.forwarded import Scope, path_within, prefix_of
from service.application import Application, Ask, Taken
from service.console.navigation import Link, entries, may_search, reads_people
from service.console.rendering import HEADERS, render
from service.identity.passwords.parts import Passwords
from service.identity.sign_ins.store import SignIn, SignIns
from service.problems.problem import Rejected
from service.queries.papers_out.sheets import Printout
from service.words.language import Language, preferred

T = TypeVar("T")

LANGUAGE_COOKIE = "jisr_language"
NAMES_COOKIE = "jisr_names"
HIDDEN = "hidden"
"""What the cookie of the names says while somebody sits across the desk."""
MOST_FIELDS = 5_000
"""Of a form: as many as a body of JSON has values."""
COOKIE = "jisr_sign_in"
DEVICE_COOKIE = "jisr_browser"
SHARED_COOKIE = "jisr_device"
SECURE_PREFIX = "__Host-"
"""A browser takes a cookie of such a name over TLS only, for this host alone."""
A_YEAR = 365 * 24 * 3600
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who may not be signed in."""

    request: Request
    language: Language

    @property
    def application(self) -> Application:
        application: Application = self.request.app.state.application
        return application

    @property
    def sign_ins(self) -> SignIns:
        sign_ins: SignIns = self.request.app.state.sign_ins
        return sign_ins

    @property
    def passwords(self) -> Passwords:
        passwords: Passwords = self.request.app.state.passwords
        return passwords

    @property
    def address(self) -> str:
        """From where they ask."""
        return self.request.client.host if self.request.client else ""

    @property
    def is_signed_in(self) -> bool:
        return isinstance(self, Signed)

    @property
    def by_tls(self) -> bool:
        return self.request.url.scheme == "https"

    @property
    def cookie(self) -> str:
        """The name of the cookie that signs in."""
        return self._cookie(COOKIE)

    @property
    def device_cookie(self) -> str:
        """The name of the cookie by which a browser is known again."""
        return self._cookie(DEVICE_COOKIE)

    @property
    def shared_cookie(self) -> str:
        """The name of the cookie that is one for all who sign in by this browser."""
        return self._cookie(SHARED_COOKIE)

    def _cookie(self, name: str) -> str:
        return f"{SECURE_PREFIX}{name}" if self.by_tls else name

    @property
    def cookie_path(self) -> str:
        """By TLS a cookie of this host, as its name says; else of what the service stands under."""
        return "/" if self.by_tls else prefix_of(self.request.scope) or "/"

    @property
    def here(self) -> str:
        """The address asked for, with its filters, as links of pages have it."""
        query, path = self.request.url.query, path_within(self.request.scope)
        return f"{path}?{query}" if query else path

    def id_of(self, name: str) -> UUID:
        """An id that stands in the address; raises `NotFound` for what is none."""
        try:
            return UUID(self.request.path_params[name])
        except ValueError:
            raise NotFound from None

    def day_of(self, name: str) -> date:
        """A day that stands in the address; raises `NotFound` for what is none."""
        try:
            return date.fromisoformat(self.request.path_params[name])
        except ValueError:
            raise NotFound from None

    def at(self, path: str) -> str:
        """Where a page is, below the prefix that a proxy may put before all."""
        return f"{prefix_of(self.request.scope)}{path}"

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        text = render(template, self.language, visit=self, **values)
        return HTMLResponse(text, status, {**HEADERS, "Content-Language": self.language})

    def redirect(self, path: str) -> RedirectResponse:
        return RedirectResponse(self.at(path), SEE_OTHER)

    def keep_cookie(self, response: Response, name: str, value: str, seconds: int) -> None:
        """Give the browser a cookie that no script reads, and no other site sends."""
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path=self.cookie_path,
            httponly=True,
            samesite="strict",
            secure=self.by_tls,
        )

    async def form(self) -> dict[str, str]:
        """The fields that were sent; of several of one name the last."""
        return {
            name: str(value)
            for name, value in (await self.request.form(max_fields=MOST_FIELDS)).items()
        }


@dataclass(frozen=True, slots=True)
class Signed(Visit):
    """Somebody who is signed in."""

    actor: Actor
    sign_in: SignIn

    @property
    def today(self) -> date:
        """In Morocco."""
        return local_date(datetime.now(UTC))

    @property
    def hides_names(self) -> bool:
        """Whether they have put away the names, until they sign out or show them again."""
        return self.request.cookies.get(NAMES_COOKIE) == HIDDEN

    @property
    def places(self) -> tuple[Link, ...]:
        """Where they can go from every page."""
        return tuple(entries(self.actor.role, self.here))

    @property
    def may_search(self) -> bool:
        return may_search(self.actor.role)

    @property
    def steps(self) -> tuple[str, ...]:
        """Every step that is their role's."""
        return tuple(step for step, row in STEPS.items() if self.actor.role in row.who)

    def steps_of(self, kind: StreamKind) -> tuple[str, ...]:
        """Those of them that are taken on a thing of this kind."""
        rows = {name: HANDLINGS.get(MODELS[name]) for name in self.steps if name in MODELS}
        return tuple(
            name for name, row in rows.items() if row and row.kind is kind and not row.creates
        )

    @property
    def reads_people(self) -> bool:
        return reads_people(self.actor.role)

    async def ask(self, query: Callable[..., T], *asked: object) -> T:
        """What they may see of it, and want to; raises what `Application.ask` raises."""
        reader = Reader(self.actor, self.language)
        answer = await self.application.ask(reader, query, *asked)
        return nameless(answer) if self.hides_names else answer

    async def print(self, query: Callable[..., Printout], *asked: object) -> bytes:
        """As `ask`, as a PDF."""
        return await self.application.print(Reader(self.actor, self.language), query, *asked)

    async def take(self, ask: Ask) -> Taken:
        """Record a step; raises what `Application.take` raises.

        The page that follows shows it: the views are waited for, but not without an end.
        """
        taken = await self.application.take(replace(ask, device=self.sign_in.device))
        with suppress(Rejected):
            await self.application.caught_up(json.loads(taken.answer)["position"])
        return taken


def visit_of(request: Request) -> Visit:
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in set(Language):
        return Visit(request, Language(chosen))
    return Visit(request, preferred(request.headers.get("accept-language", "")[:100]))


async def signed(visit: Visit) -> Signed | None:
    """The visit of whoever is signed in; None ends a sign-in by what opens nothing any more."""
    token = visit.request.cookies.get(visit.cookie)
    if not token:
        return None
    sign_in = await asyncio.to_thread(visit.sign_ins.seen, token, datetime.now(UTC))
    if sign_in is None:
        return None
    actor = await visit.application.actor_by(sign_in.credential)
    if actor is None:
        await asyncio.to_thread(visit.sign_ins.end, sign_in)
        return None
    note_purpose(sign_in.purpose)
    return Signed(visit.request, visit.language, actor, sign_in)


async def recognised(scope: Scope) -> Actor | None:
    """Who is signed in that asks, whatever it is, also where no page asks who they are."""
    visit = Visit(Request(scope), Language.ENGLISH)
    token = visit.request.cookies.get(visit.cookie)
    if not token:
        return None
    credential = await asyncio.to_thread(visit.sign_ins.credential_of, token, datetime.now(UTC))
    return visit.application.holder_by(credential) if credential else None
