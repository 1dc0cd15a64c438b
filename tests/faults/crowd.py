"""People at work who repeat every step, under the same key, until it is acknowledged."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx

from domain.commands import step_name
from domain.example.beside import register_beneficiary, sign_agreement
from domain.example.way import Way, taken_by
from domain.message import Role, Step, StreamKind
from tests.faults.house import House
from tests.faults.parts import PATIENCE
from tests.support.system import Person

PEOPLE = 10
"""Who work side by side until there are enough steps."""
STEPS_OF_A_WAY = 20
"""One person's, from registration to delivery."""
PLACES = 30
"""Of an agreement whose envelope pays for 31."""


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


def insist(person: Person, path: str, body: dict[str, Any], key: str) -> httpx.Response:
    """Send it again and again; anything but success, 503 or a broken connection is a fault."""
    deadline = time.monotonic() + PATIENCE
    while True:
        response = None
        try:
            response = person.post(path, body, key=key)
        except httpx.TransportError:
            pass
        else:
            if response.status_code in (200, 201):
                return response
            assert response.status_code == 503, (path, response.status_code, response.text)
            assert response.headers["retry-after"]
        assert time.monotonic() < deadline, (path, response and response.text)
        time.sleep(random.uniform(0.05, 0.3))


@dataclass
class Crowd:
    """Remembers everything that was acknowledged."""

    house: House
    acknowledged: list[Acknowledged] = field(default_factory=list)
    is_dismissed: bool = False
    """Whoever is at work ends with the person they are at."""
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

    def register(self, name: str = "Salma Elmithal") -> UUID:
        answer = self.send(
            self.house.caseworker, "/v1/beneficiaries", register_beneficiary(name=name)
        )
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
        first, *others = replace(way, begins=begins or way.begins).steps()
        case_id: str = self.send(house.caseworker, "/v1/cases", first)["ids"]["case"]
        for step in others:
            by = house.caseworker if taken_by(step) is Role.CASEWORKER else house.coordinator
            self.send(by, f"/v1/cases/{case_id}/steps/{step_name(step)}", step)
        return case_id

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
