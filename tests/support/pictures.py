"""The pictures in the documentation: of pages of the demo, whose people are all invented.

    python -m tests.support.pictures        what `make pictures` runs; it takes some minutes

They are made anew in `docs/pictures/`, Arabic first, as wide as a phone (360), a desk (1280) or
both, as the pages show them, in few colours so that they stay small. What is on them is typed into the
demo's forms on the way: it shows what a caseworker sees on an ordinary day.
"""

import asyncio
import io
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import httpx
from PIL import Image

from domain.message import Role
from service.console.visit import LANGUAGE_COOKIE
from service.demo.client import Client, DemoError
from service.demo.installation import installation
from service.demo.replay import replay
from service.printing.setting import set_sheets
from service.queries.papers_out.sheets import Paper
from tests.support import sheets

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 800, DESK: 860}
COLOURS = 64
MOST_BYTES = 120_000
FOLLOWED = "/cases?stage=follow_up"
MAIN = "main .buttons button.main"
Keys = Mapping[Role, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """One page, as somebody comes to it."""

    name: str
    role: Role | None
    """Who reads it; None: nobody is signed in."""
    reach: "Callable[[Page], None]"
    language: str = "ar"
    widths: tuple[int, ...] = (PHONE, DESK)
    """As wide as the documentation shows it."""


def at(address: str) -> "Callable[[Page], None]":
    return lambda page: _go(page, address)


def first(listed: str, collection: str, on: str = "", place: int = 0) -> "Callable[[Page], None]":
    """The first of a list; `on`: a page of its own. `place`: -1 for the last, the oldest."""

    def reach(page: "Page") -> None:
        _go(page, listed)
        found = page.locator(f"main a[href^='/{collection}/']").nth(place).get_attribute("href")
        _go(page, f"{found}{on}")

    return reach


def _go(page: "Page", address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, (address, answer.status)


VISITED = {"monthly_income": "3 200", "people_employed": "1", "remarks": "المشروع يشتغل."}


def typed(page: "Page") -> None:
    """A visit of today, filled in as far as its first page asks."""
    first(FOLLOWED, "cases", "/steps/record-visit")(page)
    _fill(page)


def _fill(page: "Page") -> None:
    """What this page of the visit asks."""
    answers = page.locator("#answers")
    for name, code in (("occurred_on", "today"), ("project", "running")):
        for each in answers.locator(f"[name={name}][type=radio][value={code}]").all():
            each.check()
    for each in answers.locator("[name=review][type=radio]").all()[:1]:
        each.check()
    for each in answers.locator("[name$='.condition'][type=radio][value=in_use]").all():
        each.check()
    for name, text in VISITED.items():
        for each in answers.locator(f"[name={name}]:not([type=hidden])").all():
            each.fill(text)


AMENDED = {
    "number": "1",
    "envelope": "1 250 000,50",
    "planned_places": "45",
    "ends_on.day": "31",
    "ends_on.month": "12",
    "ends_on.year": "2027",
    "explanation": "تضيف الجماعة خمسة مقاعد.",
}


def checked(page: "Page") -> None:
    """What an amendment says, before it is recorded."""
    first("/agreements", "agreements", "/steps/amend-agreement")(page)
    page.check("#answers [name=occurred_on][value=today]")
    for name, text in AMENDED.items():
        page.fill(f"#answers [name='{name}']", text)
    _press(page)


def recorded(page: "Page") -> None:
    typed(page)
    _press(page)
    while "/sent/" not in page.url:
        _fill(page)
        _press(page)


def _press(page: "Page") -> None:
    with page.expect_navigation():
        page.locator(MAIN).last.click()


def held(page: "Page") -> None:
    """Whoever is next at the table of the ceremony that is held today."""
    _go(page, "/ceremonies")
    found = page.locator("main a[href^='/ceremonies/']").first.get_attribute("href")
    _go(page, f"{found}/hold")
    following = page.locator("main a.button.main").first
    with page.expect_navigation():
        following.click()


SCENES = (
    Scene("sign-in", None, at("/"), widths=(PHONE,)),
    Scene("my-cases", Role.CASEWORKER, at("/")),
    Scene("case", Role.CASEWORKER, first(FOLLOWED, "cases")),
    Scene("case-fr", Role.CASEWORKER, first(FOLLOWED, "cases"), "fr", (DESK,)),
    Scene("form", Role.CASEWORKER, typed, widths=(PHONE,)),
    Scene("receipt", Role.CASEWORKER, recorded, widths=(PHONE,)),
    Scene("check", Role.DIVISION, checked, widths=(PHONE,)),
    Scene("agreement", Role.DIVISION, first("/agreements", "agreements", place=-1)),
    Scene("session", Role.COORDINATOR, first("/sessions", "sessions", place=-1), widths=(DESK,)),
    Scene("ceremony-hold", Role.CASEWORKER, held, widths=(PHONE,)),
)


def draw(url: str, keys: Keys, folder: Path = FOLDER) -> None:
    """All scenes of a running demo, and a paper."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed

    folder.mkdir(parents=True, exist_ok=True)
    found = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for scene in SCENES:
            for width in scene.widths:
                context = browser.new_context(base_url=url, viewport=_size(width))
                page = context.new_page()
                _enter(page, url, keys.get(scene.role, "") if scene.role else "", scene.language)
                scene.reach(page)
                page.evaluate("scrollTo(0, 0)")
                picture = page.screenshot()
                keep(picture, folder / f"{scene.name}-{width}.png")
                context.close()
        browser.close()
    keep(undertaking(), folder / "undertaking.png")


def _size(width: int) -> Any:
    return {"width": width, "height": HEIGHTS[width]}


def _enter(page: "Page", url: str, key: str, language: str) -> None:
    cookie: Any = {"name": LANGUAGE_COOKIE, "value": language, "url": url}
    page.context.add_cookies([cookie])
    if not key:
        return
    page.goto("/")
    if not page.locator("#key").is_visible():
        page.click("main summary")
    page.fill("#key", key)
    with page.expect_navigation():
        page.press("#key", "Enter")


def keep(picture: bytes, place: Path) -> None:
    """In few colours; a page has no more."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(place, optimize=True)
    size = place.stat().st_size
    assert size < MOST_BYTES, (place, size)
    print(f"{place.name}: {image.width} x {image.height}, {size // 1000} KB")  # noqa: T201


def undertaking() -> bytes:
    """The undertaking of somebody invented, as it is printed."""
    import typst  # noqa: PLC0415 - where something is printed

    sheet = sheets.undertaking(
        address="12، زنقة خيالية", items=(sheets.item(), sheets.item(2, "آلة السرفلة"))
    )
    what = sheets.printout(sheet, paper=Paper.UNDERTAKING)
    given = set_sheets(what, sheets.ADDRESS)
    with as_file(files("service.printing")) as printing:
        made = typst.compile(
            str(printing / "templates" / "main.typ"),
            root=str(printing / "templates"),
            font_paths=[str(printing / "fonts")],
            format="png",
            ppi=80,
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
        )
    pages: Any = made  # one picture a page, as bytes where there is one page
    return pages if isinstance(pages, bytes) else bytes(pages[0])


async def gather_at_the_table(people: Mapping[Role, Client]) -> None:
    """A ceremony today, and on its list whoever waits for what came in."""
    coordinator, caseworker = people[Role.COORDINATOR], people[Role.CASEWORKER]
    today = str(date.today())  # noqa: DTZ011 - the picture's own day
    scheduled = {
        "occurred_on": today,
        "held_on": today,
        "city": "تازة",
        "site": "province",
        "site_name": "مقر العمالة",
        "province": "taza",
        "presided_by": "عامل الإقليم",
    }
    made = await coordinator.post("/v1/ceremonies", "pictures:ceremony", scheduled)
    listed = await caseworker.get("/v1/cases", stage="equipment_delivery", limit=20)
    for case in listed["cases"]:
        path = f"/v1/cases/{case['case_id']}/steps"
        placed = {"occurred_on": today, "ceremony_id": made["ids"]["ceremony"]}
        key = f"pictures:{case['case_id']}"
        with suppress(DemoError):  # for whom nothing came in
            await caseworker.post(f"{path}/place-on-ceremony", f"{key}:placed", placed)


async def main() -> None:
    with TemporaryDirectory() as data:
        async with installation(Path(data), 0) as running:
            async with httpx.AsyncClient(base_url=running.url, timeout=60) as http:
                replayed = await replay(Client(http, running.administrator_key), lambda *_: None)
                await gather_at_the_table(replayed.people)
            keys = {role: client.key for role, client in replayed.people.items()}
            await asyncio.to_thread(draw, running.url, keys)


if __name__ == "__main__":
    asyncio.run(main())
    sys.exit(0)
