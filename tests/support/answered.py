"""What the API answers to the example, as its document shows it.

    python -m tests.support.answered        what `make docs` runs

The example person's way is walked through the API of one process, on a day that does not pass,
without Temporal; then everything there is to ask is asked.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self, cast
from uuid import UUID, uuid4, uuid5

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute

from domain.batch.steps import RecordBatchLines
from domain.batch.vocabulary import Phase
from domain.example.beside import register_staff
from domain.example.person import EXAMPLE, PAPER
from domain.example.registered import register_entries
from domain.message import (
    COMMAND_NAMESPACE,
    TIMER,
    Command,
    Origin,
    OriginKind,
    Role,
    StreamKind,
    stream_id,
)
from domain.upkeep.path import OPERATOR
from domain.upkeep.path import STREAM as UPKEEP
from domain.upkeep.steps import RecordAct
from domain.upkeep.vocabulary import Act, Fact
from domain.values.codes import EntryKind
from domain.values.findings import FindingCode, finding_id
from ledger.following.uses import Uses
from ledger.keys.master import MasterKeys
from ledger.keys.sealing import Sealed
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.recording.writer import Writer
from projections.opening import open_views
from projections.projector import Projector
from projections.store import Views
from projections.views.reports import Dimension
from projections.waiting import PositionWatch
from service.access.reader import Sources
from service.access.table import QUERIES
from service.api.app import Parts, create_app
from service.api.steps.examples import EXAMPLES, body_of
from service.application import Application
from service.bootstrap import opened_outbox, opened_passwords, opened_reads, opened_sign_ins
from service.exchange.files import Xes
from service.identity.access_keys import ACCESS
from service.identity.directory import Directory
from service.identity.key_uses import KeyUses
from service.notify.channels import MessageChannel
from service.notify.outbox.message import Audience, MessageRow, State
from service.printing.pdf import Pdf
from service.running.founding import administrator_key_file, ensure_administrator
from service.running.holidays import open_calendar
from service.settings import Settings
from tests.integration.projections.contents import catch_up
from tests.integration.service.batched import Look, every_step_of_a_batch
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story, a_finding, every_step, file_complaint
from tests.support.system import SAID_WHY, Person, System
from workflows.case.messages import SealedOrder, StepAnswer

FILE = Path(__file__).parents[2] / "service/api/document/answered.json"
CARD = "ZZ000001"
"""The same in each answer, each time."""
NOW = datetime(2025, 10, 1, 9, tzinfo=UTC)
NOT_ARRIVED = MessageRow(
    UUID("6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"),
    Audience.STAFF,
    EXAMPLE.caseworker,
    MessageChannel.EMAIL,
    State.FAILED,
    NOW,
    NOW,
    centre=EXAMPLE.centre,
    attempts=1,
    tried_at=NOW,
    settled_at=NOW,
    code="mailbox_unknown",
)
"""A digest to the example's caseworker."""
KEYED = re.compile(r"\b([a-z]+)-[0-9a-f]{20}\b")
"""A keyed name, which is another in each installation."""
NAMED = r"\1-9f86d081884c7d659a2f"
MANY = 6
"""Longer lists are cut to their first two."""
NOTE = """jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d
412
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d Uw2QOkn8…
"""
PINNED: Mapping[tuple[str, str], str | list[str]] = {
    ("", "origin"): "jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d",
    ("", "verifier_keys"): ["jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d+530d903a+AekyeRrm…"],
    ("", "head_note"): NOTE,
    ("", "note"): NOTE,
    ("checkpoint", "note"): NOTE,
    ("checkpoints", "note"): NOTE,
    ("", "tlog_proof"): f"c2sp.org/tlog-proof@v1\nextra AQAA…\nindex 0\ngSKyXoYZ…\n\n{NOTE}",
    ("", "bucket"): "CsUYapGG…",
    ("", "path"): ["CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="],
    ("", "access_key"): "jisr_…",
    ("detail", "key"): "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
    ("", "secret"): "whsec_…",
    ("", "paper_id"): str(PAPER),
    ("papers", "paper_id"): str(PAPER),
    ("detail", "paper_id"): str(PAPER),
    ("event", "paper_id"): str(PAPER),
    ("origin", "id"): "9f86d081884c7d65",
    ("detail", "id"): "0d2f6c1e-7f0a-4b53-8a25-3f5d8e0c9b07",
    ("notes", "noted_at"): NOW.isoformat(),
    ("acts", "account"): "jisr",
    ("readings", "request"): "9f86d081884c7d65",
    ("tasks", "task_id"): "5b7c1d2e-93f4-4e0a-8a6b-2f1c0d9e8b73",
    ("entries", "entry_id"): "5b7c1d2e-93f4-4e0a-8a6b-2f1c0d9e8b73",
    ("keys", "last_used"): NOW.isoformat(),
    ("", "last_used"): NOW.isoformat(),
}
"""What is another each time, by the names of what it stands in and of itself."""
PDF = "%PDF-1.7"
"""What a paper begins with; the rest is no text."""
LOG = 2_600
"""Of a log in XML so much is shown: what stands before the first case, and the first entries."""
CERTIFIED = "print-erasure-certificate"
"""Of somebody who is erased."""
WATCHED = "jisr_views_lag"
"""The one of the metrics that is shown: the others count what this process does."""
EXAMPLE_IDS: Mapping[str, UUID | None] = {
    "beneficiary": EXAMPLE.beneficiary_id,
    "agreement": EXAMPLE.agreement_id,
    "session": EXAMPLE.session_id,
    "ceremony": EXAMPLE.ceremony_id,
    "cohort": EXAMPLE.cohort_id,
    "finding": finding_id(FindingCode.UNSPENT, str(EXAMPLE.agreement_id)),
}
ASKING = (Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION, Role.AUDITOR, Role.ADMINISTRATOR)
"""Of those who may ask something, the first does."""
OF_NO_CENTRE = frozenset({"get-finding"})
"""What is asked of a thing that is no centre's."""


class Straight:
    """As much of a process engine as one case at a time needs: what is sealed is recorded."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def take_step(self, order: SealedOrder) -> StepAnswer:
        sealed = Sealed(
            case_id=order.case_id,
            command_id=UUID(order.command_id),
            subject=UUID(order.subject),
            blob=order.blob,
        )
        receipt = self._ledger.record(self._ledger.open(sealed))
        return StepAnswer(receipt.answer, receipt.mark)

    async def require_worker(self) -> None:
        """It needs none."""


class Door:
    """The application in this process: what is asked of it is answered before it is asked again."""

    def __init__(self, app: FastAPI) -> None:
        self._runner = asyncio.Runner()
        self._running = app.router.lifespan_context(app)
        transport = httpx.ASGITransport(app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8400")

    def request(self, method: str, path: str, **sent: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **sent))

    def __enter__(self) -> Self:
        self._runner.run(self._running.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._running.__aexit__(None, None, None))
        self._runner.close()


@dataclass
class Written:
    """What was answered first, by operation."""

    app: FastAPI
    bodies: dict[str, Any] = field(default_factory=dict)
    steps: int = 0

    def key(self) -> str:
        """An idempotency key: the same ones, in their order, each time."""
        self.steps += 1
        return str(uuid5(COMMAND_NAMESPACE, f"example/{self.steps}"))

    def note(self, response: httpx.Response) -> None:
        request = response.request
        for route in self.app.routes:
            if not isinstance(route, APIRoute) or request.method not in (route.methods or ()):
                continue
            if route.operation_id and route.path_regex.match(request.url.path):
                self.bodies.setdefault(route.operation_id, _body(response))
                return


@dataclass
class Caller(Person):
    """Somebody at the one process's door, whose answers are noted."""

    written: Written = field(kw_only=True)
    door: Door = field(kw_only=True)
    keys: list[str] = field(default_factory=list)
    """The idempotency keys they used."""

    def post(
        self, path: str, body: Any, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        self.keys.append(key or self.written.key())
        sent = self._headers | {"Idempotency-Key": self.keys[-1]}
        response = self.door.request("POST", path, json=body, headers=sent | headers)
        self.written.note(response)
        return response

    def send(
        self, path: str, data: bytes, *, key: str | None = None, said: str = ""
    ) -> httpx.Response:
        self.keys.append(key or self.written.key())
        told = {"Idempotency-Key": self.keys[-1], "Content-Type": said or "application/pdf"}
        response = self.door.request("POST", path, content=data, headers=self._headers | told)
        self.written.note(response)
        return response

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        response = self.door.request("GET", path, params=parameters, headers=self._headers)
        self.written.note(response)
        return response

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", **SAID_WHY}


def answers() -> dict[str, Any]:
    """The body of each operation's first answer, the same each time."""
    with TemporaryDirectory() as folder, _opened(Path(folder)) as (app, key, views, ledger):
        with Door(app) as door:
            written = Written(app)
            office = _staffed(written, door, key)
            _noticed(office)
            _told(office)
            story = Story(office, card=CARD)
            story.until_delivery()
            every_step_of_a_batch(story, _looking(ledger))
            file_complaint(story)
            story.on("issue-attestation")
            story.take(office.caseworker, "/v1/receptions", "record-reception")
            with closing(Projector(ledger, views, open_calendar())) as projector:
                catch_up(projector)
            _acted(ledger)
            ledger.sealed.catch_up()
            ledger.sealed.checkpoint()
            _ask_everything(written, office, story)
            every_step(office, story)
            _merged(office)
            _certified(office)
            _revoked(office)
            _left(office)
        return _pinned(written.bodies, story)


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[FastAPI, str, Views, Ledger]]:
    settings, calendar = Settings(data=folder), open_calendar()
    keys = MasterKeys.single(bytes(range(32)))
    ledger = open_ledger(
        settings.ledger,
        settings.keys,
        keys,
        calendar=calendar,
        clock=lambda: NOW,
        papers=settings.papers,
    )
    views = open_views(settings.views)
    ensure_administrator(ledger, settings, NOW.date())
    key = administrator_key_file(settings).read_text().strip()

    @asynccontextmanager
    async def opened() -> AsyncIterator[Parts]:
        uses = KeyUses(Uses(ledger.feed.tracking()), lambda: NOW)
        with (
            closing(uses),
            Writer(ledger) as writer,
            opened_outbox(settings) as outbox,
            opened_reads(settings, ledger) as reads,
        ):
            directory = Directory(ledger)
            outbox.put([NOT_ARRIVED])
            sources = Sources(ledger, views, directory, uses, calendar, outbox, reads, lambda: NOW)
            watch = PositionWatch(views)
            application = Application(sources, writer, Straight(ledger), watch)
            with (
                opened_sign_ins(settings, application) as sign_ins,
                opened_passwords(settings, application) as passwords,
            ):
                yield Parts(application, ledger.derived(ACCESS), sign_ins, passwords)
            await watch.close()
            application.close()

    try:
        yield create_app(opened), key, views, ledger
    finally:
        views.close()
        ledger.close()


def _staffed(written: Written, door: Door, key: str) -> Office:
    def caller(staff_id: str, access_key: str) -> Caller:
        nothing = cast("httpx.Client", None)
        return Caller(staff_id, access_key, nothing, written=written, door=door)

    administrator = caller("", key)
    administrator.step("/v1/centres", EXAMPLES["register-centre"])
    midelt = elsewhere("midelt", "MID", "midelt")
    administrator.step("/v1/centres", EXAMPLES["register-centre"] | midelt)
    for entry in register_entries():
        administrator.step("/v1/registry", body_of(entry))

    def hire(role: Role, centre: str | None = None) -> Caller:
        label = "-".join((centre, role, "1") if centre else (role, "1"))
        hired = administrator.step("/v1/staff", body_of(register_staff(label, role, centre)))
        issue = EXAMPLES["issue-access-key"] | {"staff_id": hired["staff_id"]}
        issued = administrator.step("/v1/access-keys", issue)
        return caller(hired["staff_id"], issued["access_key"])

    caseworker, coordinator = (
        hire(role, EXAMPLE.centre) for role in (Role.CASEWORKER, Role.COORDINATOR)
    )
    division, auditor = hire(Role.DIVISION), hire(Role.AUDITOR)
    nowhere = cast("System", None)
    receiver = hire(Role.COORDINATOR, "midelt")
    own = caseworker, coordinator, caseworker
    return Office(nowhere, administrator, *own, division, auditor, receiver)


def _noticed(office: Office) -> None:
    """The auditor comes last, and sees whom the administrator gave a key before."""
    notices = office.auditor.found("/v1/me")["notices"]
    seen = {"notices": [each["notice_id"] for each in notices], "occurred_on": str(NOW.date())}
    body = EXAMPLES["acknowledge-notices"] | seen
    office.auditor.step("/v1/me/notices/acknowledgements", body)


def _absent(office: Office, delegate: str) -> None:
    """The caseworker is away, and back before the last day."""
    absent = {"staff_id": office.caseworker.staff_id, "delegate": delegate}
    days = {name: str(NOW.date()) for name in ("occurred_on", "since", "until")}
    office.coordinator.step("/v1/delegations", EXAMPLES["name-delegate"] | absent | days)
    (named,) = office.coordinator.found("/v1/delegations")["delegations"]
    ends = {"occurred_on": str(NOW.date()), "delegation_id": named["delegation_id"]}
    office.coordinator.step("/v1/delegations/ends", ends)


def _reached(office: Office) -> None:
    """The caseworker says how they are reached; the coordinator's address is theirs no more."""
    on = {"occurred_on": str(NOW.date())}
    for who in (office.caseworker, office.coordinator):
        who.step("/v1/me/reach", EXAMPLES["change-reach"] | on)
    gone = {"staff_id": office.coordinator.staff_id}
    office.administrator.step("/v1/staff/reach-ends", gone | on)


def _told(office: Office) -> None:
    """A partner's system is told of something; one beside it of nothing any more."""
    register = EXAMPLES["register-partner"] | {"occurred_on": str(NOW.date())}
    office.administrator.step("/v1/partners", register)
    other = {"partner": "school-taza", "url": "https://school.example/jisr"}
    office.administrator.step("/v1/partners", register | other)
    ends = {"partner": "school-taza", "occurred_on": str(NOW.date())}
    office.administrator.step("/v1/partners/ends", ends)


def _turned(office: Office) -> None:
    """The other centre is closed, opened again, and serves one province more, mended at once."""
    for name, path in (
        ("close-centre", "closings"),
        ("reopen-centre", "reopenings"),
        ("change-catchment", "catchments"),
        ("correct-catchment", "catchments/corrections"),
    ):
        office.administrator.step(f"/v1/centres/{path}", EXAMPLES[name] | {"centre": "midelt"})


def _acted(ledger: Ledger) -> None:
    """An operator has made the views anew."""
    facts = {Fact.POSITION: str(ledger.head())}
    step = RecordAct(occurred_on=NOW.date(), act=Act.VIEWS_REBUILT, account="jisr", facts=facts)
    ledger.record(
        Command(
            id=uuid5(COMMAND_NAMESPACE, Act.VIEWS_REBUILT),
            target=UPKEEP,
            step=step,
            actor=OPERATOR,
            origin=Origin(kind=OriginKind.MACHINE),
        )
    )


def _looking(ledger: Ledger) -> Look:
    """Looks at a batch's lines in the place of its workflow: all would pass."""

    def look(batch: UUID, lines: int) -> None:
        ledger.record(
            Command(
                id=uuid4(),
                target=stream_id(StreamKind.BATCH, batch),
                step=RecordBatchLines(
                    occurred_on=NOW.date(), phase=Phase.LOOK, first=1, last=lines, passed=1
                ),
                actor=TIMER,
                origin=Origin(kind=OriginKind.TIMER),
            )
        )

    return look


def _left(office: Office) -> None:
    """Somebody whose keys all end, and who leaves."""
    label = EXAMPLES["register-staff"] | {"label": "taza-caseworker-2"}
    hired = office.administrator.step("/v1/staff", label)
    named = {"staff_id": hired["staff_id"]}
    _absent(office, hired["staff_id"])
    _reached(office)
    _turned(office)
    office.administrator.step("/v1/access-keys", EXAMPLES["issue-access-key"] | named)
    for name, path in (("end-credentials", "credential-ends"), ("record-departure", "departures")):
        office.administrator.step(f"/v1/staff/{path}", EXAMPLES[name] | named)


def _merged(office: Office) -> None:
    """An entry that was registered twice, and another that was not."""
    again = EXAMPLES["register-entry"] | {"entry": EXAMPLES["merge-entries"]["entry"]}
    office.administrator.step("/v1/registry", again)
    office.administrator.step("/v1/registry/merges", EXAMPLES["merge-entries"])
    office.administrator.step("/v1/registry/merges/undone", EXAMPLES["undo-entry-merge"])


def _revoked(office: Office) -> None:
    """A key that somebody lost."""
    issue = EXAMPLES["issue-access-key"] | {"staff_id": office.auditor.staff_id}
    issued = office.administrator.step("/v1/access-keys", issue)
    body = EXAMPLES["revoke-access-key"] | {"key_id": issued["key_id"]}
    office.administrator.step("/v1/access-keys/revocations", body)


def _ask_everything(written: Written, office: Office, story: Story) -> None:
    """Every question once, by somebody who may; about the case, its person, its money."""
    people = dict(
        zip(
            ASKING,
            (
                *(office.caseworker, office.coordinator, office.division),
                *(office.auditor, office.administrator),
            ),
            strict=True,
        )
    )
    names = {f"{kind}_id": name for kind, name in story.ids.items()} | {
        "staff_id": office.caseworker.staff_id,
        "key_id": _key_of(office, office.caseworker),
        "centre": EXAMPLE.centre,
        "kind": EntryKind.SUPPLIER.value,
        "entry": EXAMPLE.supplier,
        "idempotency_key": cast("Caller", office.caseworker).keys[0],
        "dimension": Dimension.TRADE.value,
        "code": "stale_version",
        "version": "v1",
        "partner": EXAMPLES["register-partner"]["partner"],
        "number": 1,
        "position": 1,
        "finding_id": a_finding(office),
        "series": f"{EXAMPLE.centre}-2023",
        "begin": "3f0",
    }
    for route in written.app.routes:
        if not isinstance(route, APIRoute) or not isinstance(route.operation_id, str):
            continue
        name = route.operation_id
        if name.endswith("-paper") or name == CERTIFIED:  # it answers with the paper itself
            continue
        may = QUERIES[name].who if name in QUERIES else {Role.ADMINISTRATOR}
        person = next(people[role] for role in ASKING if role in may)
        if name in OF_NO_CENTRE:
            person = office.auditor
        if "GET" in (route.methods or ()):
            known_on = {"known_on": story.position} if name == "get-report-as-known" else {}
            answer = person.get(route.path_format.format(**names | known_on))
            assert answer.status_code == httpx.codes.OK, answer.text
        elif name in QUERIES:
            person.step(route.path, _asked(written.app, name))


def _certified(office: Office) -> None:
    """Somebody erased who never had a case, and the paper that says so."""
    story = Story(office)
    story.register()
    path, day = f"/v1/beneficiaries/{story.ids['beneficiary']}", {"occurred_on": "2025-09-01"}
    office.division.step(f"{path}/steps/request-erasure", day)
    office.coordinator.step(f"{path}/steps/confirm-beneficiary-request", day)
    answer = office.coordinator.get(f"{path}/papers-out/erasure-certificate")
    assert answer.status_code == httpx.codes.OK, answer.text


def _key_of(office: Office, person: Person) -> str:
    keys = office.auditor.found("/v1/access-keys")["keys"]
    return next(str(key["key_id"]) for key in keys if key["staff_id"] == person.staff_id)


def _asked(app: FastAPI, name: str) -> Any:
    """The body of a question that has one, as the document shows it."""
    for path in app.openapi()["paths"].values():
        for operation in path.values():
            if operation["operationId"] == name:
                examples = operation["requestBody"]["content"]["application/json"]["examples"]
                return next(iter(examples.values()))["value"]
    raise LookupError(name)


def _body(response: httpx.Response) -> Any:
    if response.headers["content-type"].startswith("application/json"):
        return json.loads(KEYED.sub(NAMED, response.text))
    if response.headers["content-type"].startswith(Xes.media_type):
        return KEYED.sub(NAMED, response.text[:LOG])
    if response.headers["content-type"] == Pdf.media_type:
        return response.content[: len(PDF)].decode() + " …"
    return "".join(f"{line}\n" for line in response.text.splitlines() if WATCHED in line)


def _pinned(bodies: Mapping[str, Any], story: Story) -> dict[str, Any]:
    """Cut, without what chance drew, and with the ids that the examples of the steps have."""
    text = json.dumps({name: _cut("", bodies[name]) for name in sorted(bodies)})
    for kind, known in EXAMPLE_IDS.items():
        text = text.replace(story.ids[kind], str(known))
    text = text.replace(story.office.caseworker.staff_id, str(EXAMPLE.caseworker))
    found: dict[str, Any] = json.loads(text)
    return found


def _cut(inside: str, value: Any) -> Any:
    match value:
        case dict():
            kept = list(value.items())[:2] if _is_map(value) else value.items()
            return {name: PINNED.get((inside, name)) or _cut(name, each) for name, each in kept}
        case list():
            return [_cut(inside, each) for each in (value[:2] if len(value) > MANY else value)]
        case _:
            return value


def _is_map(value: dict[str, Any]) -> bool:
    """Whether its members are many things alike."""
    return len(value) > MANY and all(":" in at and type(of) is dict for at, of in value.items())


if __name__ == "__main__":
    made = json.dumps(answers(), ensure_ascii=False, indent=1)
    FILE.write_text(made + "\n", encoding="utf-8")
