"""What attestations say on paper: both languages, judicial for a court alone, and never changed."""

import hashlib
import json

from domain.case.attestation.vocabulary import FIRST_WORDING, AttestationKind
from service.printing.setting.attestation import wordings
from tests.unit.service.test_papers_out import JUDICIAL

TELLING = (*JUDICIAL, "judici", "carcér", "قضائي")
V1_SHA256 = "eb57e25553121caeafd8a068d96d7330813872b33fcbe180beda66ee9fb77972"


def test_a_published_wording_never_changes() -> None:
    """A copy says word for word what was issued: other words are another wording."""
    text = json.dumps(wordings()[FIRST_WORDING], sort_keys=True, ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == V1_SHA256


def test_every_kind_has_its_words_and_only_a_courts_are_judicial() -> None:
    said = wordings()[FIRST_WORDING]
    assert said.keys() == {*AttestationKind, "closing"}
    for kind, texts in said.items():
        assert texts.keys() == {"ar", "fr"}
        found = [word for word in TELLING for text in texts.values() if word in text.lower()]
        assert bool(found) is (kind == AttestationKind.FOR_COURT), kind
