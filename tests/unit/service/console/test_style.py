"""The style sheet keeps what no page shows: contrasts that axe does not look at, and no motion."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from service.identity.sign_ins.store import IDLE

SHEET = (files("service.console") / "static" / "console.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", SHEET))
RULES = re.findall(
    r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/|@media [^{]*\{", "", SHEET, flags=re.DOTALL)
)
GROUNDS = ("card", "ground")
CONTROL = 3.0
"""WCAG 1.4.11: of a border and of a focus ring to what lies beside it."""
TEXT = 4.5


def declared(selector: str) -> str:
    """All that the sheet declares for exactly this selector."""
    return " ".join(
        body for names, body in RULES if selector in re.split(r"\s*,\s*", names.strip())
    )


def luminance(token: str) -> float:
    digits = TOKENS[token].removeprefix("#")
    full = digits if len(digits) == 6 else "".join(each * 2 for each in digits)
    parts = (int(full[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "selector", ["input", "select", "textarea", "button", ".button", ".chips li", ".wrong input"]
)
def test_the_border_of_what_can_be_used_is_seen(selector: str) -> None:
    (colour,) = re.findall(r"border(?:-color)?:[^;]*var\(--([a-z-]+)\)", declared(selector))
    for ground in GROUNDS:
        assert contrast(colour, ground) >= CONTROL, (selector, colour, ground)


def test_focus_is_seen_on_every_ground_it_can_fall_on() -> None:
    ring = declared(":focus-visible")
    (inner,) = re.findall(r"outline: 3px solid var\(--([a-z-]+)\)", ring)
    (outer,) = re.findall(r"box-shadow: 0 0 0 6px var\(--([a-z-]+)\)", ring)
    assert contrast(inner, outer) >= CONTROL
    for ground in GROUNDS:
        assert contrast(inner, ground) >= CONTROL


def coloured() -> Iterator[tuple[str, str]]:
    """Each token of a text with the grounds it stands on."""
    for name in ("ink", "quiet", "accent", "deep"):
        yield from ((name, ground) for ground in GROUNDS)
    for name in ("late", "due", "wait", "done", "rest"):
        yield from ((name, ground) for ground in ("card", f"{name}-soft"))
    yield "deep", "soft"


@pytest.mark.parametrize(("colour", "ground"), [*coloured()])
def test_every_text_is_read_on_its_ground(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= TEXT


def test_nothing_moves_and_the_end_of_a_session_is_shown_two_minutes_before() -> None:
    assert "transition" not in SHEET
    moved = re.findall(r"animation: (?!none)([^;]+)", SHEET)
    assert moved == [f"appear 1ms {int(IDLE.total_seconds()) - 120}s forwards"]
    assert re.findall(r"@keyframes \w+ \{([^@]+?\})", SHEET) == [" to { visibility: visible; }"]


def test_no_side_has_a_fixed_name() -> None:
    """Or else a page that runs from right to left is laid out as one that does not."""
    assert not re.search(
        r"(?:margin|padding|border|inset)-(?:left|right)|[{; ](?:left|right):|float:", SHEET
    )


def test_a_reference_never_breaks_over_lines() -> None:
    assert "white-space: nowrap" in declared(".code")
    assert "white-space: nowrap" in declared("bdi.reference")
    templates = Path(str(files("service.console") / "templates"))
    bare = {
        each.name: found
        for each in templates.rglob("*.html")
        if (found := re.findall(r"<bdi>\{\{ *[a-z_.]*\breference *\}\}", each.read_text("utf-8")))
    }
    assert bare == {}
