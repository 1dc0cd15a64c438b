"""The OpenAPI document: what FastAPI describes, with problems and access keys added."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.access.table import PUBLIC
from service.api.descriptions import describe_fields
from service.problems.problem import MEDIA_TYPE, Problem

SCHEMA = "#/components/schemas/{model}"
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "An access key: `Authorization: Bearer jisr_…`. An administrator issues them.",
}
AMOUNT = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"
SUPERFLUOUS = ("HTTPValidationError", "ValidationError")
"""What FastAPI would answer to bad parameters; here they are problems too."""


def install_openapi(app: FastAPI) -> None:
    """Have `app.openapi()` make the document, once."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas: dict[str, Any] = document["components"]["schemas"]
    for name in SUPERFLUOUS:
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template=SCHEMA, mode="serialization")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    document["components"]["securitySchemes"] = {"accessKey": BEARER}
    document["security"] = [{"accessKey": []}]
    shared: dict[str, Any] = {}
    for operation in _operations(document):
        if operation["operationId"] in PUBLIC:
            operation["security"] = []
        operation["responses"] = {
            status: _shared(shared, status, answer)
            for status, answer in operation["responses"].items()
        }
    document["components"]["responses"] = dict(sorted(shared.items()))
    _describe_amounts(schemas)
    describe_fields(schemas)
    return document


def _shared(shared: dict[str, Any], status: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Problems are the same everywhere, so they stand in one place."""
    if MEDIA_TYPE not in answer.get("content", ()):
        return answer
    name = f"Problem{status}"
    shared[name] = answer
    return {"$ref": f"#/components/responses/{name}"}


def _describe_amounts(schema: Any) -> None:
    """An amount written as text looks like an amount."""
    if isinstance(schema, list):
        for each in schema:
            _describe_amounts(each)
    elif isinstance(schema, dict):
        kinds = [each.get("type") for each in schema.get("anyOf", ()) if isinstance(each, dict)]
        if kinds[:2] == ["number", "string"]:
            schema["anyOf"][1].setdefault("pattern", AMOUNT)
        for each in schema.values():
            _describe_amounts(each)


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]
