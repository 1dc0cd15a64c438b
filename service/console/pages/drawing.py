"""Square codes on pages: drawn by attributes of SVG, which need no style."""

import io

import segno
from markupsafe import Markup

QUIET = 4
"""Modules of white around it, without which a telephone does not find it."""


def qr_of(text: str) -> Markup:
    """The code that a telephone reads as this text."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn,
        kind="svg",
        border=QUIET,
        light="#fff",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - of our own making: paths and numbers
