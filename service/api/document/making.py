"""The OpenAPI document: what FastAPI describes, and all that a client's maker needs beside it."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from domain.values.looking import ReadingPurpose
from service.access.saying_why import asks_why, step_asks_why
from service.access.table import PUBLIC
from service.api import parsing as header
from service.api.document.answers import add_answer
from service.api.document.fields import describe_fields
from service.api.document.problems import OF_THE_OPERATION, answer_of, family_of, problems_of
from service.api.document.samples import problem_samples
from service.api.document.tags import TAGS
from service.problems.problem import Problem

SCHEMA = "#/components/schemas/{model}"
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "An access key: `Authorization: Bearer jisr_…`. An administrator issues them.",
}
SAID_WHY = {
    "name": header.PURPOSE,
    "in": "header",
    "required": False,
    "description": "For what people's data is read. May be left out with a key that says it for all.",
    "schema": {"type": "string", "enum": [*ReadingPurpose]},
    "example": ReadingPurpose.ACCOMPANIMENT,
}
CONTACT = {"name": "Whoever administers this installation"}
LICENSE = {"name": "Apache License 2.0", "identifier": "Apache-2.0"}
SERVERS = [{"url": "/", "description": "The installation that this document was read from"}]
AMOUNT = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"
SUPERFLUOUS = ("HTTPValidationError", "ValidationError")
"""What FastAPI would answer to bad parameters; here they are problems too."""

Json = dict[str, Any]
Routes = Mapping[str | None, APIRoute]


def install_openapi(app: FastAPI) -> None:
    """Have `app.openapi()` make the document, once."""

    def document() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def _document(app: FastAPI) -> Json:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        contact=CONTACT,
        license_info=LICENSE,
        servers=SERVERS,
        tags=[{"name": name, "description": said} for name, said in TAGS.items()],
        routes=app.routes,
    )
    routes = {each.operation_id: each for each in app.routes if isinstance(each, APIRoute)}
    operations = [*_operations(document)]
    for operation in operations:
        _complete(operation, routes[operation["operationId"]])
    components = document["components"]
    components["schemas"] = schemas = _schemas(components["schemas"])
    components["securitySchemes"] = {"accessKey": BEARER}
    components["responses"], components["examples"] = _shared(operations, routes)
    document["security"] = [{"accessKey": []}]
    _describe_amounts(schemas)
    describe_fields(schemas)
    return document


def _operations(document: Json) -> Iterator[Json]:
    for path in document["paths"].values():
        yield from path.values()


def _problems(operation: Json, route: APIRoute) -> Json:
    """The operation's answers that are problems, by status."""
    waits = any(each["name"] == "at_least" for each in operation.get("parameters", ()))
    found = problems_of(route, waits=waits)
    return {str(status): answer_of(status, codes) for status, codes in found.items()}


def _complete(operation: Json, route: APIRoute) -> None:
    """Add what FastAPI leaves out, and take away what it adds of its own."""
    if operation["operationId"] in PUBLIC:
        operation["security"] = []
    good = {status: said for status, said in operation["responses"].items() if status < "300"}
    operation["responses"] = good | _problems(operation, route)
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _given(parameter["schema"])
    if asks_why(operation["operationId"]) or step_asks_why(operation["operationId"]):
        operation.setdefault("parameters", []).append(SAID_WHY)
    add_answer(operation)


def _given(schema: Json) -> Json:
    """A parameter's schema: one that is left out is not there, and never null."""
    kinds = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    said = {name: value for name, value in schema.items() if name not in ("title", "description")}
    if len(kinds) == 1:
        del said["anyOf"]
        return {**kinds[0], **said}
    return said | ({"anyOf": kinds} if kinds else {})


def _schemas(made: Json) -> Json:
    """FastAPI's, with what a problem looks like, by name."""
    problem = Problem.model_json_schema(ref_template=SCHEMA, mode="serialization")
    known = {name: schema for name, schema in made.items() if name not in SUPERFLUOUS}
    known |= problem.pop("$defs")
    return dict(sorted((known | {"Problem": problem}).items()))


def _shared(operations: list[Json], routes: Routes) -> tuple[Json, Json]:
    """What stands in one place: problems that all steps, or all questions, answer; all examples."""
    responses: Json = {}
    codes: set[str] = set()
    for operation in operations:
        family = family_of(routes[operation["operationId"]])
        for status, answer in operation["responses"].items():
            if status < "300":
                continue
            (content,) = answer["content"].values()
            codes |= content["examples"].keys()
            if family is not None and int(status) not in OF_THE_OPERATION:
                name = f"{family}Problem{status}"
                responses[name] = answer
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    return dict(sorted(responses.items())), problem_samples(sorted(codes))


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
