"""The API's documentation as one page, made from the OpenAPI document; it loads nothing."""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response

from service.api.edge.forwarded import prefix_of
from service.api.parsing import JSON, require_acceptable, require_no_parameters
from service.problems.problem import MEDIA_TYPE

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
PREFIXES = 8
"""Documents kept ready: one for each path that the service stands under."""
Json = dict[str, Any]


def add_documentation(app: FastAPI) -> None:
    """The page, and the OpenAPI document it is made from."""

    @cache
    def page() -> str:
        return page_of(app.openapi())

    @lru_cache(maxsize=PREFIXES)
    def document(prefix: str) -> bytes:
        here = {"servers": [{"url": prefix}]} if prefix else {}
        return json.dumps(app.openapi() | here, ensure_ascii=False).encode()

    async def documentation(request: Request) -> Response:
        require_acceptable(request.headers, HTMLResponse.media_type)
        require_no_parameters(request.scope["query_string"])
        return HTMLResponse(page(), headers=HEADERS)

    async def description(request: Request) -> Response:
        require_acceptable(request.headers, JSON)
        require_no_parameters(request.scope["query_string"])
        return Response(document(prefix_of(request.scope)), media_type=JSON)

    app.add_route("/docs", documentation, include_in_schema=False)
    app.add_route("/openapi.json", description, include_in_schema=False)


def page_of(document: Json) -> str:
    """The whole page."""
    template = files("service").joinpath("api/templates/documentation.html")
    parts: dict[str, list[str]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts[operation["tags"][0]].append(_operation(document, path, method, operation))
    said = {tag["name"]: tag["description"] for tag in document["tags"]}
    index = "".join(f'<li><a href="#{_anchor(tag)}">{escape(tag)}</a></li>' for tag in said)
    body = "".join(
        f'<h2 id="{_anchor(tag)}">{escape(tag.capitalize())}</h2><p>{escape(said[tag])}</p>'
        f"{''.join(parts[tag])}"
        for tag in said
    )
    return (
        template.read_text(encoding="utf-8")
        .replace("{{description}}", escape(document["info"]["description"]))
        .replace("{{index}}", index)
        .replace("{{operations}}", body)
    )


def _anchor(tag: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in tag)


def _operation(document: Json, path: str, method: str, operation: Json) -> str:
    title = f"<code>{method.upper()} {escape(path)}</code>"
    return (
        f'<details id="{operation["operationId"]}"><summary>{title} '
        f"{escape(operation['summary'])}</summary>"
        f"<p>{escape(operation.get('description', ''))}</p>"
        f"{_table(_parameters(operation))}{_body(document, operation)}"
        f"<pre>{escape(example_call(path, method, operation))}</pre>"
        f"{_table(_answers(document, operation))}</details>"
    )


def _table(rows: Iterator[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows)
    return f"<table>{cells}</table>" if cells else ""


def _parameters(operation: Json) -> Iterator[tuple[str, str]]:
    for each in operation.get("parameters", ()):
        needed = "" if each.get("required") else " (optional)"
        yield f"{each['name']}, {each['in']}{needed}", each.get("description", "")


def _answers(document: Json, operation: Json) -> Iterator[tuple[str, str]]:
    """The statuses, each with what it means and, where it is a problem, its codes."""
    for status, answer in operation["responses"].items():
        said = _resolved(document, answer, "responses")
        codes = ", ".join(said.get("content", {}).get(MEDIA_TYPE, {}).get("examples", ()))
        yield status, f"{said['description']}: {codes}" if codes else said["description"]


def _body(document: Json, operation: Json) -> str:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return ""
    schema = _resolved(document, content["schema"])
    required = schema.get("required", ())
    rows = (
        (
            name + ("" if name in required else " (optional)"),
            " ".join((_kind(document, field), field.get("description", ""))).strip(),
        )
        for name, field in schema["properties"].items()
    )
    return _table(rows)


def _resolved(document: Json, schema: Json, among: str = "schemas") -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Json = document["components"][among][name] if name else schema
    return found


def _kind(document: Json, schema: Json) -> str:
    """A field's kind in words: `date`, `list of text`, `a or b or c`."""
    schema = _resolved(document, schema)
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        kinds = (_kind(document, each) for each in schema["anyOf"] if each.get("type") != "null")
        return " or ".join(dict.fromkeys(kinds))
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema.get('items', {}))}"
    if schema.get("type") == "object" and "properties" in schema:
        return "{" + ", ".join(schema["properties"]) + "}"
    return str(schema.get("format") or schema.get("const") or schema.get("type", ""))


def example_call(path: str, method: str, operation: Json) -> str:
    """The same by curl."""
    lines = [f'curl -H "Authorization: Bearer $KEY" "$JISR{path}"']
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if method == "post" and content:
        (example,) = content["examples"].values()
        body = json.dumps(example["value"], ensure_ascii=False, indent=2).replace("'", "’")
        if any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ())):
            lines.append('-H "Idempotency-Key: $(uuidgen)"')
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"-d '{body}'")
    return " \\\n  ".join(lines)
