"""The tables of the domain are whole, and the published rules are what they were."""

import hashlib
import json

from domain.beneficiary.events import BeneficiaryRegistered
from domain.commands import HANDLINGS, STEPS, initial, step_name
from domain.events.stored import EVENTS
from domain.message import ENCRYPTED, Event, StreamKind, class_of
from domain.rules import RULES
from domain.values.places import places
from domain.values.trades import Sector, Trade, sector_of

V1_SHA256 = "82b27fcaa21b8cdd558874c71181cc3021fa761264696321836d2f7e2c31c0b8"


def test_the_first_rules_never_change() -> None:
    """Cases keep the version they were opened under, so a version is never edited."""
    rules = RULES["v1"].model_dump(mode="json")
    rules["exemption_long"] = sorted(rules["exemption_long"])
    digest = hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()
    assert digest == V1_SHA256


def test_every_step_has_a_name_of_its_own() -> None:
    assert len(STEPS) == len(HANDLINGS)
    assert all(STEPS[step_name(step)] is step for step in HANDLINGS)


def test_every_event_says_its_stream() -> None:
    assert all(isinstance(event.stream, StreamKind) for event in EVENTS.values())
    assert all(initial(event.stream).version == 0 for event in EVENTS.values())


def encrypted(event: type[Event]) -> set[str]:
    return {name for name in event.model_fields if class_of(event, name) in ENCRYPTED}


def test_what_names_a_person_is_encrypted() -> None:
    named = {"name_ar", "name_latin", "birth_date", "birth_year", "identity", "phone"}
    reached = {"address", "contacts", "guardian", "language", "best_time", "anyway_because"}
    reached |= {"reads"}
    assert named | reached == encrypted(BeneficiaryRegistered)


def test_streams_without_a_person_hold_nothing_personal() -> None:
    impersonal = {
        StreamKind.AGREEMENT,
        StreamKind.SESSION,
        StreamKind.CEREMONY,
        StreamKind.COHORT,
        StreamKind.REGISTRY,
    }
    for event in EVENTS.values():
        if event.stream in impersonal:
            assert encrypted(event) == set(), event.__name__


def test_places_and_trades_are_whole() -> None:
    assert len(places()) == 83
    assert len({place.region for place in places().values()}) == 12
    assert {sector_of(trade) for trade in Trade} == set(Sector)
