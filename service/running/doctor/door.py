"""The API's door: whether it answers, and who has its port where it does not."""

import http.client
import json
from collections.abc import Collection
from urllib.parse import urlsplit

from ledger.ground.living import Alive
from service.bootstrap import api_file, noted_address
from service.running.doctor.finding import Finding, Part, broken, well
from service.running.ports import listener
from service.settings import Settings

SECONDS = 3.0
"""In which an API answers that can; it may ask Temporal first."""
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - names of it, to be asked elsewhere
ANOTHER_PORT = "give this API another port by --port or JISR_PORT"
START = "start `jisr api` (or `jisr up`)"


def door(settings: Settings, living: Collection[Alive] | None) -> Finding:
    """What answers where the API should.

    `living` are the processes that left word at the ledger; None where that cannot be asked.
    """
    host, port = _address(settings)
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    status, answer = _asked(host, port, "/healthz")
    owner = listener(port)
    ours = {each.process for each in living or () if each.part == "api"}
    who = f" (process {owner})" if owner else ""
    if status is None and owner is None:
        return _nobody(where, living or ())
    if owner in ours and answer.get("status") != "running":
        found = f"it listens at {where}{who}, and does not answer within {SECONDS:.0f} s"
        advice = "look into its log; ended, it is started anew by `jisr up`, or whatever started it"
        return broken(Part.API, found, advice)
    if status is None or answer.get("status") != "running":
        found = f"what has the port of {where}{who} is no Jisr"
        return broken(Part.API, found, f"end it, or {ANOTHER_PORT}")
    if owner and living is not None and owner not in ours:
        found = f"another installation's API answers at {where}{who}"
        return broken(Part.API, found, f"end it, or {ANOTHER_PORT}")
    status, answer = _asked(host, port, "/readyz")
    if status == http.client.OK:
        return well(Part.API, f"answers at {where}, and steps can be taken")
    why = answer.get("detail") or "it does not answer in time"
    found = f"answers at {where}, but no step can be taken there: {why}"
    return broken(Part.API, found, "the other findings say more")


def _nobody(where: str, living: Collection[Alive]) -> Finding:
    elsewhere = sorted(each.place for each in living if each.part == "api")
    if elsewhere:
        return well(
            Part.API, f"nobody listens at {where}; at work elsewhere: {', '.join(elsewhere)}"
        )
    return broken(Part.API, f"nobody listens at {where}", START)


def _address(settings: Settings) -> tuple[str, int]:
    """Where `jisr up` says that it serves; else where the settings say."""
    if (said := noted_address(api_file(settings))) is not None:
        noted = urlsplit(said)
        if noted.hostname and noted.port:
            return ANYWHERE.get(noted.hostname, noted.hostname), noted.port
    return ANYWHERE.get(settings.host, settings.host), settings.port


def _asked(host: str, port: int, path: str) -> tuple[int | None, dict[str, str]]:
    """Status and answer; no status where nothing answers HTTP."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Accept-Language": "en"})
        response = connection.getresponse()
        answer = json.loads(response.read(65_536))
    except (OSError, http.client.HTTPException):
        return None, {}
    except ValueError:
        return response.status, {}
    finally:
        connection.close()
    return response.status, answer if isinstance(answer, dict) else {}
