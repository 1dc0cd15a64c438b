"""The API's door: whether it answers, and who has its port where it does not."""

import http.client
import json
from collections.abc import Collection
from contextlib import suppress
from urllib.parse import urlsplit

from ledger.ground.living import Alive
from service.bootstrap import api_file
from service.running.doctor.finding import Finding, Part
from service.running.ports import listener
from service.settings import Settings

SECONDS = 3.0
"""In which an API answers that can; it may ask Temporal first."""
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - names of it, to be asked elsewhere
START = "start `jisr api` (or `jisr up`)"


def door(settings: Settings, living: Collection[Alive]) -> Finding:
    host, port = _address(settings)
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    status, answer = _asked(host, port, "/healthz")
    owner = listener(port)
    who = f" (process {owner})" if owner else ""
    if status is None and owner is None:
        return _nobody(where, living)
    if status is None or answer.get("status") != "running":
        found = f"what has the port of {where}{who} is no Jisr"
        advice = "end it, or give the API another port by --port or JISR_PORT"
        return Finding(Part.API, well=False, found=found, advice=advice)
    if owner and str(owner) not in {each.place.split()[1] for each in living if each.part == "api"}:
        found = f"another installation's API answers at {where}{who}"
        advice = "end it, or give this one another port by --port or JISR_PORT"
        return Finding(Part.API, well=False, found=found, advice=advice)
    status, answer = _asked(host, port, "/readyz")
    if status == http.client.OK:
        return Finding(Part.API, well=True, found=f"answers at {where}, and steps can be taken")
    why = answer.get("detail") or "it does not answer in time"
    found = f"answers at {where}, but no step can be taken there: {why}"
    return Finding(Part.API, well=False, found=found, advice="the other findings say more")


def _nobody(where: str, living: Collection[Alive]) -> Finding:
    elsewhere = sorted(each.place for each in living if each.part == "api")
    if elsewhere:
        found = f"nobody listens at {where}; at work elsewhere: {', '.join(elsewhere)}"
        return Finding(Part.API, well=True, found=found)
    return Finding(Part.API, well=False, found=f"nobody listens at {where}", advice=START)


def _address(settings: Settings) -> tuple[str, int]:
    """Where `jisr up` says that it serves; else where the settings say."""
    with suppress(OSError, ValueError):
        noted = urlsplit(api_file(settings).read_text(encoding="ascii").strip())
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
