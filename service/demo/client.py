"""The public API, as the demo's people use it: each with a key of their own."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx

from service.demo.said import as_typed

TRIES = 20
"""How often a step answered 503 is sent again, with the same idempotency key."""


class DemoError(Exception):
    """The API refused something that the demo's plan says it takes."""


@dataclass
class Tally:
    """What the API answered: how much was new, and how far the ledger has come."""

    new: int = 0
    repeated: int = 0
    position: int = 0

    def count(self, response: httpx.Response, answer: dict[str, Any]) -> None:
        if response.headers.get("Idempotent-Replayed") == "true":
            self.repeated += 1
        else:
            self.new += 1
        self.position = max(self.position, int(answer.get("position", 0)))


@dataclass(frozen=True, slots=True)
class Client:
    """One member of staff at the API."""

    http: httpx.AsyncClient
    key: str
    tally: Tally = field(default_factory=Tally)

    async def post(self, path: str, idempotency_key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command until it is answered; the key makes repeating it harmless."""
        headers = {**self._authorization(), "Idempotency-Key": idempotency_key}
        for _ in range(TRIES):
            response = await self.http.post(path, json=as_typed(body), headers=headers)
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(float(response.headers.get("Retry-After", "1")))
        answer = self._answer(response)
        self.tally.count(response, answer)
        return answer

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        response = await self.http.get(path, params=query, headers=self._authorization())
        return self._answer(response)

    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "Jisr-Purpose": "accompaniment"}

    def _answer(self, response: httpx.Response) -> dict[str, Any]:
        answer: dict[str, Any] = response.json()
        if response.is_error:
            raise DemoError(f"{response.request.url.path}: {answer.get('code')}: {answer}")
        return answer
