"""How long the server takes for each page of the console, and what a page weighs.

    python -m bench.pages.pages [--cases 6500] [--rounds 2] [--only case]

An installation of its own is filled by the rules (`filled.py`), then every page is asked for by
each role that may see it, about many things, in Arabic. The application is called in this
process, so what counts is the server's own time: from the request to the last byte. Beside it, in
turn, the same application's answer to `/healthz`.
"""

import argparse
import asyncio
import gzip
import logging
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, NamedTuple
from urllib.parse import urlencode

import structlog
from fastapi import FastAPI
from pydantic import TypeAdapter

from bench.findings import SQLITE, Finding
from bench.pages.asked import Question, questions
from bench.pages.filled import Filled, Filling
from domain.message import Role
from ledger.opening import open_ledger
from service.api.app import Parts, create_app
from service.bootstrap import opened_application, opened_passwords, opened_sign_ins
from service.console.pages.routes import mount_console
from service.console.visit import COOKIE, LANGUAGE_COOKIE
from service.identity.access_keys import ACCESS
from service.running.holidays import open_calendar
from service.running.master_key import ensure_master_key, master_keys
from service.running.parts.api import collect_seldom
from service.running.rebuilding import rebuild_views
from service.settings import Settings

FILLED = TypeAdapter(Filled)
AIM_MS = 100
AIM_KB = 25
HEALTH = "/healthz"
LANGUAGE = "ar"
HOST = b"127.0.0.1"
FORM = b"application/x-www-form-urlencoded"
SEE_OTHER = 303
PAGES = (200, 409)
"""Also of a step that is closed now, which says why."""
TELL = 0.3
"""Of the forms, which are many, those are named that take so much of the aim."""


class Answer(NamedTuple):
    """What came back, and what it took."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes
    ms: float
    cpu: float
    """Milliseconds of this process, with all its threads."""


@dataclass
class Taken:
    """All that was asked of one page."""

    ms: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    weight: float = 0.0
    """KB at most, as gzip packs it."""
    path: str = ""
    """The heaviest's."""

    def add(self, answer: Answer, path: str) -> None:
        self.ms.append(answer.ms)
        self.cpu.append(answer.cpu)
        weight = len(gzip.compress(answer.body, 6)) / 1024
        if weight > self.weight:
            self.weight, self.path = weight, path

    def at(self, percent: int) -> float:
        return _at(self.ms, percent)

    def __str__(self) -> str:
        return (
            f"{_at(self.ms, 50):.0f}; {_at(self.ms, 95):.0f}; "
            f"CPU {_at(self.cpu, 50):.0f}; {_at(self.cpu, 95):.0f}; {self.weight:.1f} KB"
        )


def _at(values: list[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1] if len(values) > 1 else values[0]


@dataclass
class Console:
    """The application in this process, and who is signed in."""

    app: FastAPI
    cookies: dict[Role, str]

    async def get(self, role: Role, path: str) -> Answer:
        return await self._ask("GET", role, path, b"")

    async def post(self, role: Role, path: str, **fields: str) -> Answer:
        return await self._ask("POST", role, path, urlencode(fields).encode())

    async def _ask(self, method: str, role: Role, path: str, body: bytes) -> Answer:
        where, _, query = path.partition("?")
        cookie = f"{COOKIE}={self.cookies[role]}; {LANGUAGE_COOKIE}={LANGUAGE}"
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "http", "path": where, "raw_path": where.encode(), "root_path": "",
            "query_string": query.encode(), "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
            "headers": [
                (b"host", HOST), (b"cookie", cookie.encode()), (b"accept", b"text/html"),
                (b"sec-fetch-site", b"same-origin"), (b"content-type", FORM),
                (b"content-length", str(len(body)).encode()),
            ],
        }  # fmt: skip
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        began, used = time.perf_counter(), time.process_time()
        await self.app(scope, receive, send)
        ms, cpu = time.perf_counter() - began, time.process_time() - used
        head = sent[0]
        whole = b"".join(each.get("body", b"") for each in sent[1:])
        return Answer(head["status"], dict(head["headers"]), whole, ms * 1000, cpu * 1000)


@asynccontextmanager
async def console(settings: Settings, filled: Filled) -> AsyncIterator[Console]:
    """The application on an installation, with somebody of each role signed in."""
    async with opened_application(settings) as application:
        with (
            opened_sign_ins(settings, application) as sign_ins,
            opened_passwords(settings, application) as passwords,
        ):
            parts = Parts(application, application.derived(ACCESS), sign_ins, passwords)

            @asynccontextmanager
            async def opened() -> AsyncIterator[Parts]:
                yield parts

            app = create_app(opened, mount_console)
            cookies = {}
            for role, key in filled.keys.items():
                actor = await application.actor_with(key)
                if actor is None:
                    raise RuntimeError(f"the key of the {role} opens nothing")
                cookies[role] = sign_ins.begin(actor, "bench", datetime.now(UTC))
            async with app.router.lifespan_context(app):
                collect_seldom()  # as the service does
                yield Console(app, cookies)


def fill(settings: Settings, cases: int) -> Filled:
    """The installation, with its views."""
    ensure_master_key(settings)
    ledger = open_ledger(
        settings.ledger,
        settings.keys,
        master_keys(settings.master_key),
        calendar=open_calendar(None),
    )
    began = time.monotonic()
    with closing(ledger):
        filled = Filling(ledger, datetime.now(UTC).date()).fill(cases)
        head = ledger.head()
    rebuild_views(settings, lambda _done, _of: None)
    print(f"{cases} cases, {head} events: {time.monotonic() - began:.0f} s", flush=True)
    return filled


async def measure(settings: Settings, filled: Filled, rounds: int, only: str) -> None:
    taken: dict[str, Taken] = defaultdict(Taken)
    bare = Taken()
    asked = [each for each in questions(filled) if only in each.page]
    async with console(settings, filled) as at:
        for each in {each.page: each for each in asked}.values():
            await _answered(at, each)  # a template is compiled once in a process
        for _ in range(rounds):
            for each in _shuffled(asked):
                answer, path = await _answered(at, each)
                if answer.status in PAGES:
                    taken[each.page].add(answer, path)
                else:
                    print(f"{each.role} {path}: {answer.status}", flush=True)
                bare.add(await at.get(Role.AUDITOR, HEALTH), HEALTH)
    _tell(taken, bare)


async def _answered(at: Console, asked: Question) -> tuple[Answer, str]:
    """The page, or the one to which it leads, with the way there; a search's without its sending."""
    path = asked.path
    if asked.looked_for:
        led = await at.post(asked.role, path, text=asked.looked_for)
        path = led.headers.get(b"location", b"/").decode()
    answer = await at.get(asked.role, path)
    if answer.status == SEE_OTHER:
        path = answer.headers[b"location"].decode()
        page = await at.get(asked.role, path)
        return page._replace(ms=answer.ms + page.ms, cpu=answer.cpu + page.cpu), path
    return answer, path


def _shuffled(asked: Iterable[Question]) -> list[Question]:
    """As people ask: never one thing several times on end."""
    every = [*asked]
    Random(3).shuffle(every)  # noqa: S311 - nothing that is secret
    return every


def _tell(taken: dict[str, Taken], bare: Taken) -> None:
    forms = {name: each for name, each in taken.items() if name.startswith("form ")}
    heavy = {name for name, each in forms.items() if each.at(95) > TELL * AIM_MS}
    for name, each in taken.items():
        if name not in forms or name in heavy:
            Finding(f"page: {name}", SQLITE, str(each)).note()
    if forms:
        _note("every form of a step", forms, bare)
    _note("every page", taken, bare)


def _note(what: str, taken: dict[str, Taken], bare: Taken) -> None:
    """The whole of several pages."""
    ms, cpu = ([v for each in taken.values() for v in getattr(each, of)] for of in ("ms", "cpu"))
    ratio = median(ms) / median(bare.ms)
    value = (
        f"{_at(ms, 50):.0f}; {_at(ms, 95):.0f}; CPU {_at(cpu, 50):.0f}; {_at(cpu, 95):.0f}; "
        f"{ratio:.1f} of a bare answer's"
    )
    Finding(f"{what}, server's ms at p50 and p95", SQLITE, value, f"p95 under {AIM_MS}").note()
    heaviest = max(taken, key=lambda name: taken[name].weight)
    weight = f"{taken[heaviest].weight:.1f} KB: {heaviest}"
    Finding(f"{what}, the heaviest, gzip", SQLITE, weight, f"{AIM_KB} KB").note()


def main(options: argparse.Namespace) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as folder:
        data = options.data or Path(folder) / "data"
        kept, settings = data / "filled.json", Settings(data=data)
        if not data.exists():
            data.mkdir(mode=0o700)
            kept.write_bytes(FILLED.dump_json(fill(settings, options.cases)))
        filled = FILLED.validate_json(kept.read_bytes())
        asyncio.run(measure(settings, filled, options.rounds, options.only))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=6500)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--data", type=Path, help="where it is kept, for the next time")
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
