"""What escapes every handler is answered too, and as safely as all else."""

import httpx
import pytest
from fastapi import FastAPI

from service.api.app import create_app
from service.api.edge.safeguards import safeguarded


class Broken:
    """Nothing it is asked for comes out well."""

    def holder_of(self, _: str) -> None:
        return None

    async def actor_with(self, key: str) -> None:
        raise RuntimeError(key)


@pytest.fixture
def app() -> FastAPI:
    app = create_app()
    app.state.application = Broken()
    return app


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_fault_of_ours_has_the_safeguards_and_a_reference(
    app: FastAPI, method: str
) -> None:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://jisr") as http:
        response = await http.request(method, "/v1/me", headers={"Authorization": "Bearer k"})
    assert response.status_code == 500
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-frame-options"] == "DENY"
    if method == "GET":
        assert response.json()["code"] == "unexpected"
        assert response.json()["params"]["reference"]


def test_what_an_answer_says_itself_stands_and_is_said_once() -> None:
    own = [(b"Cache-Control", b"no-cache"), (b"content-security-policy", b"default-src 'self'")]
    headers = safeguarded([*own, (b"x-frame-options", b"ALLOWALL")], tls=True)
    names = [name.lower() for name, _ in headers]
    assert len(names) == len(set(names))
    assert headers[:2] == own
    assert (b"x-frame-options", b"DENY") in headers
    assert names[-1] == b"strict-transport-security"
