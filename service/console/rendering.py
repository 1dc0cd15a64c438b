"""How a page is made: its template, with the words of the reader's language."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service.console.showing import papers_out
from service.words import writing
from service.words.language import Language
from service.words.store import words

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
FOR_A_YEAR = "public, max-age=31536000, immutable"


class Static(StaticFiles):
    """Files whose address holds their hash are kept for a year; without it, asked after each time."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, *rest: Any) -> Response:
        response = super().file_response(full_path, stat_result, scope, *rest)
        hashed = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_A_YEAR if hashed else "no-cache"
        return response


@cache
def static(name: str) -> str:
    """The address of a static file, below where the service is mounted."""
    content = (files("service.console") / "static" / name).read_bytes()
    return f"/console/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def _templates() -> Environment:
    loader = PackageLoader("service.console")
    templates = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {"static": static, "write": writing, "papers_out": papers_out}
    return templates


def render(template: str, language: Language, **values: Any) -> str:
    said = words(language)
    values |= {"words": said, "lang": language, "languages": writing.LANGUAGES}
    return _templates().get_template(template).render(values)
