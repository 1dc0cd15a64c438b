"""A whole installation as a user starts it, `jisr up`, on free ports and files of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import httpx

from domain.example.person import EXAMPLE
from domain.example.person import Person as Example
from domain.example.registered import register_entries
from domain.message import Role
from ledger.postgres.schema import prepare
from projections.postgres.store import prepare_views
from service.identity.passwords.tables import PASSWORDS
from service.identity.sign_ins.tables import SIGN_INS
from service.keeping import prepare_kept
from service.notify.outbox.tables import OUTBOX
from service.running.master_key import make_master_key
from tests.support.commands import JISR, Forked
from tests.support.documented import require_documented
from tests.support.postgres import SERVICE, PostgresDatabase
from tests.support.waiting import PATIENCE, until
from workflows.server.loopback import HOST

ROOT = Path(__file__).parents[2]
SHORT = httpx.Limits(keepalive_expiry=1)
"""The API closes a connection that was idle for five seconds, as httpx would: both at one moment,
and a request is lost."""


def start(
    program: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    out: Path,
    err: Path,
    *,
    loads: bool,
) -> subprocess.Popen[str] | Forked:
    """A command that goes on; `loads` it all by itself, as when a user starts it."""
    if not loads:
        return Forked(program, arguments, environment, out, err)
    with out.open("a") as said, err.open("a") as complained:
        return subprocess.Popen(
            [sys.executable, "-m", program, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=said,
            stderr=complained,
            text=True,
        )


def reserved() -> socket.socket:
    """A port on loopback that is given to nobody who asks for any, and open to who names it."""
    port = socket.socket()
    port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    port.bind((HOST, 0))
    return port


PURPOSE = "accompaniment"
"""For what people read, as each has to say."""
SAID_WHY = MappingProxyType({"Jisr-Purpose": PURPOSE})


@dataclass
class Person:
    """Somebody with an access key, and a client that shows it."""

    staff_id: str
    key: str
    http: httpx.Client

    @property
    def signing_in(self) -> dict[str, str]:
        """What they type to sign in at the console, with for what they will read."""
        return {"key": self.key, "purpose": PURPOSE}

    def post(
        self, path: str, body: Any, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """Take a step, under a new idempotency key unless one is given."""
        sent = {"Idempotency-Key": key or uuid4().hex} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.http.post(path, json=body, headers=sent)

    def step(self, path: str, body: Any) -> dict[str, Any]:
        """Take a step that must pass; its answer."""
        response = self.post(path, body)
        assert response.status_code in (200, 201), (path, response.text)
        answer: dict[str, Any] = response.json()
        return answer

    def send(
        self, path: str, data: bytes, *, key: str | None = None, said: str = ""
    ) -> httpx.Response:
        """Send a paper."""
        headers = {"Idempotency-Key": key or uuid4().hex, "Content-Type": said or "application/pdf"}
        return self.http.post(path, content=data, headers=headers)

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        return self.http.get(path, params=parameters)

    def found(self, path: str, **parameters: Any) -> dict[str, Any]:
        """Ask something that must be answered."""
        response = self.get(path, **parameters)
        assert response.status_code == 200, (path, response.text)
        answer: dict[str, Any] = response.json()
        return answer


@dataclass
class System:
    """A running installation, and the people who use it."""

    data: Path
    port: int = 0
    """Where its API listens. With 0 it is drawn, and nobody else is given it as long as this lasts."""
    environment: dict[str, str] = field(default_factory=dict)
    program: str = JISR
    """The module that is started, as `jisr`."""
    loads: bool = True
    """Whether it loads all by itself, as when a user starts it; else it is forked (`commands.py`)."""
    process: subprocess.Popen[str] | Forked | None = None
    _clients: list[httpx.Client] = field(default_factory=list)
    _reserved: socket.socket | None = None

    def __post_init__(self) -> None:
        if not self.port:
            self._reserved = reserved()
            self.port = self._reserved.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        out, err = self.data / "up.out", self.data / "up.err"
        out.write_text("")
        arguments = ["up", "--data", str(self.data), "--port", str(self.port)]
        self.process = start(self.program, arguments, self.environment, out, err, loads=self.loads)
        process = self.process

        def is_ready() -> bool:
            ready = "Jisr is ready" in out.read_text()
            assert ready or process.poll() is None, err.read_text()
            return ready

        until(is_ready, self.logs)

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """Stop it; its exit status."""
        assert self.process is not None
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)

    def logs(self) -> str:
        """Everything its processes said."""
        files = sorted({*self.data.glob("*.log"), *self.data.glob("up.*")})
        return "\n".join(f"--- {file.name}\n{file.read_text()}" for file in files)

    def person(self, key: str, staff_id: str = "") -> Person:
        headers = {"Authorization": f"Bearer {key}", **SAID_WHY}
        client = httpx.Client(
            base_url=self.url,
            headers=headers,
            timeout=30,
            limits=SHORT,
            event_hooks={"response": [require_documented]},
        )
        self._clients.append(client)
        return Person(staff_id, key, client)

    @property
    def administrator(self) -> Person:
        return self.person((self.data / "administrator.key").read_text().strip())

    def register_entries(self, who: Example = EXAMPLE) -> None:
        """All that the person's steps name by a code."""
        for step in register_entries(who):
            self.administrator.step("/v1/registry", step.model_dump(mode="json"))

    def hire(self, role: Role, centre: str | None = None) -> Person:
        """A new member of staff with a key."""
        administrator = self.administrator
        hired = administrator.step(
            "/v1/staff",
            {
                "occurred_on": "2020-01-02",
                "label": f"{role}-{uuid4().hex[:8]}",
                "role": role,
                "centre": centre,
            },
        )
        issue = {"occurred_on": "2020-01-02", "staff_id": hired["staff_id"]}
        issued = administrator.step("/v1/access-keys", issue)
        return self.person(issued["access_key"], hired["staff_id"])

    def close(self) -> None:
        """End it as a power cut would: Temporal's server takes a second to stop when asked."""
        for client in self._clients:
            client.close()
        if self.process is not None and self.process.poll() is None:
            self.stop(signal.SIGKILL)
        if self._reserved is not None:
            self._reserved.close()


def on_postgres(database: PostgresDatabase, key: Path) -> dict[str, str]:
    """What tells an installation to use a new database, which its owner prepares here.

    The master key is made in the file `key`.
    """
    prepare(database.owner_url, SERVICE)
    prepare_views(database.owner_url, SERVICE)
    for kept in (SIGN_INS, PASSWORDS, OUTBOX):
        prepare_kept(database.owner_url, SERVICE, kept)
    make_master_key(key)
    return {"JISR_DATABASE_URL": database.service_url, "JISR_MASTER_KEY_FILE": str(key)}


def running_system(data: Path, **environment: str) -> AbstractContextManager[System]:
    """A system that has just been started, and is ended when it is left."""
    return _running(System(data, environment=environment))


def forked_system(data: Path, **environment: str) -> AbstractContextManager[System]:
    """As `running_system`, without the time that it takes to load."""
    return _running(System(data, environment=environment, loads=False))


@contextmanager
def _running(system: System) -> Iterator[System]:
    try:
        system.start()
        yield system
    finally:
        system.close()
