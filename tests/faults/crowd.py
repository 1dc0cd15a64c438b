"""People at work who repeat every step, under the same key, until it is acknowledged."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx

from domain.example.beside import (
    record_minutes,
    register_beneficiary,
    schedule_session,
    sign_agreement,
)
from domain.example.way import Way, of_project, taken_by
from domain.message import Step, StreamKind
from service.api.steps.routes import path_of
from tests.faults.house import House
from tests.support.system import Person
from tests.support.waiting import PATIENCE

PEOPLE = 10
"""Who work side by side until there are enough steps."""
STEPS_OF_A_WAY = 21
"""One person's, from registration to delivery."""
PLACES = 30
"""Of an agreement whose envelope pays for 31."""


LONG_AGO = date(2015, 1, 10)
"""The proof of what was received by whoever began then is kept no longer."""


@dataclass(frozen=True)
class Acknowledged:
    """A step that was answered, and what was answered."""

    person: Person
    path: str
    body: dict[str, Any]
    key: str
    content: bytes
    answer: dict[str, Any]

    @property
    def answer_text(self) -> str:
        return self.content.decode()

    @property
    def command_id(self) -> UUID:
        return UUID(self.answer["command_id"])


def decided(
    person: Person, path: str, body: dict[str, Any], key: str, **headers: str
) -> httpx.Response:
    """Send it again and again, as long as nobody could decide or the connection broke."""
    deadline = time.monotonic() + PATIENCE
    while True:
        response = None
        with suppress(httpx.TransportError):
            response = person.post(path, body, key=key, **headers)
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return response
            assert response.headers["retry-after"]
        assert time.monotonic() < deadline, (path, response and response.text)
        time.sleep(random.uniform(0.05, 0.3))


def insist(person: Person, path: str, body: dict[str, Any], key: str) -> httpx.Response:
    """As `decided`; anything but success is a fault."""
    response = decided(person, path, body, key)
    assert response.status_code in (200, 201), (path, response.status_code, response.text)
    return response


@dataclass
class Crowd:
    """Remembers everything that was acknowledged."""

    house: House
    acknowledged: list[Acknowledged] = field(default_factory=list)
    is_dismissed: bool = False
    """Whoever is at work ends with the person they are at."""
    _sessions: dict[date, UUID] = field(default_factory=dict)
    """By the day of the session."""
    _convening: threading.Lock = field(default_factory=threading.Lock)
    _grown: threading.Condition = field(default_factory=threading.Condition)

    def send(self, person: Person, path: str, step: Step) -> dict[str, Any]:
        body, key = step.model_dump(mode="json"), uuid4().hex
        content = insist(person, path, body, key).content
        answer: dict[str, Any] = httpx.Response(200, content=content).json()
        with self._grown:
            self.acknowledged.append(Acknowledged(person, path, body, key, content, answer))
            self._grown.notify_all()
        return answer

    def wait_for(self, count: int) -> None:
        """Until so many steps are acknowledged: that may take long, but never stand still."""
        with self._grown:
            while (so_far := len(self.acknowledged)) < count:
                assert self._grown.wait_for(lambda: len(self.acknowledged) > so_far, PATIENCE)

    def sign(self, **terms: Any) -> UUID:
        answer = self.send(self.house.division, "/v1/agreements", sign_agreement(**terms))
        return UUID(answer["ids"]["agreement"])

    def _session(self, way: Way) -> UUID:
        """The session on the day of this way; one for all of them."""
        with self._convening:
            if way.session_on not in self._sessions:
                division = self.house.division
                called = self.send(division, "/v1/sessions", schedule_session(way))
                name = called["ids"]["session"]
                path = f"/v1/sessions/{name}/steps/record-minutes"
                self.send(division, path, record_minutes(way))
                self._sessions[way.session_on] = UUID(name)
            return self._sessions[way.session_on]

    def register(self, name: str = "Salma Elmithal") -> UUID:
        step = register_beneficiary(name=name, card=uuid4().hex)
        answer = self.send(self.house.caseworker, "/v1/beneficiaries", step)
        return UUID(answer["ids"]["beneficiary"])

    def open(self) -> str:
        """The address of a new person's new case."""
        house, person = self.house, self.register()
        first = Way(person, UUID(house.caseworker.staff_id)).steps()[0]
        case_id: str = self.send(house.caseworker, "/v1/cases", first)["ids"]["case"]
        return f"/v1/cases/{case_id}"

    def follow(
        self, agreement_id: UUID, begins: date | None = None, person: UUID | None = None
    ) -> str:
        """Take one person from registration to delivery; the case's id."""
        house, person = self.house, person or self.register()
        way = Way(person, UUID(house.caseworker.staff_id), agreement_id)
        way = replace(way, begins=begins or way.begins)
        first, *others = replace(way, session_id=self._session(way)).steps()
        ids: dict[str, str] = dict(self.send(house.caseworker, "/v1/cases", first)["ids"])
        for step in others:
            by = house.of(taken_by(step))
            addressed = of_project(step, UUID(ids["project"])) if "project" in ids else step
            ids |= self.send(by, path_of(step, ids), addressed)["ids"]
        return ids["case"]

    def go_on(self, steps: int) -> None:
        """Take one person after another the whole way, until all have so many steps."""

        def is_enough() -> bool:
            return self.is_dismissed or len(self.acknowledged) >= steps

        while not is_enough():
            agreement_id = self.sign(places=PLACES)
            for _ in range(PLACES):
                if not is_enough():
                    self.follow(agreement_id)

    def work(self, people: int) -> "Work":
        """One whole way for each of so many people, on one agreement."""
        agreement_id = self.sign()
        return Work([partial(self.follow, agreement_id)] * people)

    def work_until(self, steps: int) -> "Work":
        """As many ways as `steps` take, each of ten people on agreements of their own."""
        return Work([partial(self.go_on, steps)] * PEOPLE)

    def names(self, kind: StreamKind) -> Iterator[str]:
        """The ids of everything of this kind that was made."""
        for each in self.acknowledged:
            if kind in each.answer["ids"]:
                yield each.answer["ids"][kind]

    def answered_otherwise(self) -> list[Acknowledged]:
        """Send everything once more: those that do not answer word for word as they did."""

        def again(each: Acknowledged) -> bool:
            return insist(each.person, each.path, each.body, each.key).content == each.content

        with ThreadPoolExecutor(8) as threads:
            same = list(threads.map(again, self.acknowledged))
        return [each for each, right in zip(self.acknowledged, same, strict=True) if not right]


class Work:
    """People at work; enter it, and by its end everything is done."""

    def __init__(self, ways: Sequence[Callable[[], object]]) -> None:
        self._threads = ThreadPoolExecutor(len(ways))
        self._ways = ways

    def __enter__(self) -> None:
        self._at_work = [self._threads.submit(way) for way in self._ways]

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown()
        for each in self._at_work:
            each.result()
