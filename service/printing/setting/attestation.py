"""An attestation. Its words lie apart, by wording and kind: a published wording never changes."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from service.printing.setting.speech import Told, day, free, person
from service.queries.papers_out.sheets import AttestationSheet

Wording = Mapping[str, Mapping[str, str]]


@cache
def wordings() -> Mapping[str, Wording]:
    """By wording, then kind, then language."""
    text = (files("service") / "printing/attestations.json").read_text(encoding="utf-8")
    found: Mapping[str, Wording] = json.loads(text)
    return found


def attestation(sheet: AttestationSheet) -> Told:
    said = wordings()[sheet.wording]
    return {
        "number": sheet.number,
        "copied": sheet.copied,
        "person": person(sheet.person),
        "attests": said[sheet.kind],
        "closing": said["closing"],
        "known_since": day(sheet.known_since),
        "for_whom": free(sheet.for_whom),
        "purpose": free(sheet.purpose) if sheet.purpose else None,
        "training": free(sheet.training) if sheet.training else None,
        "from": day(sheet.followed_from) if sheet.followed_from else None,
        "until": day(sheet.followed_until) if sheet.followed_until else None,
        "issued_on": day(sheet.issued_on),
    }
