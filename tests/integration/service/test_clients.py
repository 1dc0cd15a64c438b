"""Clients made from the document take the example's first case through its path."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.commands import HANDLINGS, step_name
from domain.example.person import PROJECT
from domain.example.way import Way, of_project, taken_by
from domain.message import Role, Step
from service.api.steps.examples import EXAMPLES, body_of
from tests.integration.service.conftest import Office
from tests.support.documented import DOCUMENT, document
from tests.support.node import HERE, Absent, node_folder, once, run
from tests.support.system import SAID_WHY

PACKAGE = "jisr_client"
MADE_BY = (
    ("node_modules/openapi-typescript/bin/cli.js", str(DOCUMENT), "-o", "schema.ts"),
    ("node_modules/typescript/bin/tsc",),
)
"""The client in TypeScript: its types, and what uses them, checked and compiled."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package that openapi-python-client makes."""
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.json"
    config.write_text(
        json.dumps(
            {
                "package_name_override": PACKAGE,
                "post_hooks": [],
                "literal_enums": False,
                "content_type_overrides": {
                    "application/pdf": "application/octet-stream",
                    "application/xml": "application/octet-stream",
                },
            }
        )
    )
    command = [str(Path(sys.executable).with_name("openapi-python-client")), "generate"]
    command += ["--path", str(DOCUMENT), "--config", str(config), "--fail-on-warning"]
    command += ["--meta", "none", "--output-path", str(folder / PACKAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.fixture
def walk(made: Any, office: Office) -> Iterator["Walk"]:
    started = Walk(made, office)
    yield started
    started.close()


class TestPython:
    def test_the_first_case_goes_from_nothing_to_its_delivery(self, walk: "Walk") -> None:
        walk.all()
        case = walk.ask("get-case", walk.ids["case"])
        (track,) = case.tracks
        assert (case.stage.value, track.kind) == ("follow_up", "self_employment")
        assert track.delivered_on == walk.way.delivered_on
        page = walk.ask("list-cases", at_least=walk.position, limit=1, total=True)
        assert page.total >= len(page.cases) == 1

    def test_a_problem_is_one_of_the_documents_and_not_an_exception(self, walk: "Walk") -> None:
        problem = walk.ask("get-case", uuid4())
        assert (problem.status, problem.code) == (404, "case_not_found")


class Walk:
    """The example's way by a generated package: a function and a model for each step."""

    def __init__(self, made: Any, office: Office) -> None:
        self.ids: dict[str, UUID] = {}
        self.position = 0
        self._office = office
        self._clients = {
            role: made.AuthenticatedClient(
                base_url=office.system.url, token=person.key, headers=dict(SAID_WHY)
            )
            for role, person in (
                (Role.CASEWORKER, office.caseworker),
                (Role.COORDINATOR, office.coordinator),
                (Role.DIVISION, office.division),
            )
        }
        self._models = importlib.import_module(f"{PACKAGE}.models")
        self._tags = {
            operation["operationId"]: operation["tags"][0]
            for path in document()["paths"].values()
            for operation in path.values()
        }

    @property
    def way(self) -> Way:
        named = ("beneficiary", "agreement", "session", "ceremony")
        known: dict[str, Any] = {f"{kind}_id": self.ids[kind] for kind in named}
        return Way(caseworker=UUID(self._office.caseworker.staff_id), **known)

    def all(self) -> None:
        for name, role in (
            ("sign-agreement", Role.DIVISION),
            ("schedule-session", Role.DIVISION),
            ("schedule-ceremony", Role.DIVISION),
            ("register-beneficiary", Role.CASEWORKER),
        ):
            self._take(name, EXAMPLES[name], role)
        minutes = EXAMPLES["record-minutes"]
        self._take("record-minutes", minutes, Role.DIVISION, self.ids["session"])
        opening, *others = self.way.steps()
        self._take(step_name(opening), body_of(opening), taken_by(opening))
        for step in others:
            self._step(step)

    def close(self) -> None:
        for client in self._clients.values():
            client.get_httpx_client().close()

    def _step(self, step: Step) -> None:
        if step.occurred_on <= self.way.delivered_on:
            row = HANDLINGS[type(step)]
            on = () if row.creates else (self.ids[row.kind],)
            body = body_of(of_project(step, self.ids.get("project", PROJECT)))
            self._take(step_name(step), body, taken_by(step), *on)

    def _take(self, name: str, body: dict[str, Any], role: Role, *on: UUID) -> None:
        model = getattr(self._models, "".join(part.capitalize() for part in name.split("-")))
        answer = self._operation(name).sync(
            *on,
            client=self._clients[role],
            body=model.from_dict(body),
            idempotency_key=str(uuid4()),
        )
        assert isinstance(answer, self._models.StepAnswer), (name, answer)
        self.ids |= {kind: UUID(made) for kind, made in answer.ids.additional_properties.items()}
        self.position = answer.position

    def ask(self, name: str, *on: UUID, **parameters: Any) -> Any:
        client = self._clients[Role.CASEWORKER]
        return self._operation(name).sync(*on, client=client, **parameters)

    def _operation(self, name: str) -> Any:
        tag = self._tags[name].replace(": ", "_").replace(" ", "_")
        return importlib.import_module(f"{PACKAGE}.api.{tag}.{name.replace('-', '_')}")


@pytest.mark.rare
class TestTypeScript:
    def test_the_first_case_goes_from_nothing_to_its_delivery(
        self, office: Office, tmp_path: Path
    ) -> None:
        try:
            folder = node_folder()
        except Absent as absent:
            pytest.skip(f"no client is made in TypeScript: {absent}")
        sources = (HERE / name for name in ("walk.ts", "node.d.ts", "tsconfig.json"))
        with once(folder, "made", DOCUMENT, *sources) as to_do:
            for command in MADE_BY if to_do else ():
                done = run(folder, "node", *command, seconds=200)
                assert done.returncode == 0, done.stdout + done.stderr
        plan = tmp_path / "plan.json"
        plan.write_text(json.dumps(self._plan(office)))
        done = run(folder, "node", "walk.js", str(plan))
        assert done.returncode == 0, done.stdout + done.stderr
        found = json.loads(done.stdout)
        assert (found["stage"], found["kind"]) == ("follow_up", "self_employment")
        assert found["listed"]
        assert found["delivered_on"] == str(Way().delivered_on)

    @staticmethod
    def _plan(office: Office) -> dict[str, Any]:
        card = {
            "kind": "national_card",
            "number": "ZZ000002",
        }  # the example's is another person's now
        registered = {**EXAMPLES["register-beneficiary"], "identity": card}
        return {
            "url": office.system.url,
            "caseworker": {"key": office.caseworker.key, "id": office.caseworker.staff_id},
            "coordinator": {"key": office.coordinator.key},
            "division": {"key": office.division.key},
            "bodies": {**EXAMPLES, "register-beneficiary": registered},
        }
