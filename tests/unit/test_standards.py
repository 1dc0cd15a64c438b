"""The checks of the standards find what does not keep to them: each rule, broken once."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.message import OriginKind, StreamKind
from service.exchange import ocel, provenance, xes
from service.exchange.logs import Entry, Wanted
from service.exchange.outward import Pseudonyms, Thing, Told
from tests.support import standards

NAMES = Pseudonyms(b"s" * 32)
TOLD = Told(
    position=7,
    version=1,
    thing=Thing(StreamKind.CASE, "1"),
    activity="CaseOpened",
    step="open-case",
    day=date(2024, 3, 1),
    neutral=False,
    recorded_at=datetime(2024, 3, 2, 9, tzinfo=UTC),
    by="staff-1",
    role="caseworker",
    centre="fes",
    via=OriginKind.API,
    command=UUID(int=1),
    rules="1",
    mends=None,
    fields={"opened_in": "fes", "eligible": True},
    names=(Thing(StreamKind.BENEFICIARY, "1"),),
)
XES = "".join(xes.written([[Entry(TOLD, None)]], NAMES, Wanted(known_on=7)))
OCEL = "".join(ocel.Writing(NAMES).document([[TOLD]]))
PROV = provenance.written([Entry(TOLD, None)], NAMES)


def test_what_is_made_keeps_to_all() -> None:
    assert not standards.xes.broken(XES)
    assert not standards.ocel.broken(json.loads(OCEL))
    assert not standards.prov.broken(PROV)


@pytest.mark.parametrize(
    ("said", "instead", "section"),
    [
        ('xes.version="1849.2016"', 'xes.version="new"', "5.1"),
        ("<trace>", "<trace>text", "5"),
        ('<int key="known_on" value="7"/>', '<int key="known_on"/>', "5"),
        ("<trace>", '<trace><classifier name="A" keys="step"/>', "5"),
        ("</event>", "<event/></event>", "5"),
        ("</trace>", '</trace><string key="late" value=""/>', "5.1"),
        ('key="position" value="7"', 'key="position" value="seven"', "4.2"),
        ('value="2024-03-01T12:00:00+00:00"', 'value="1 March 2024"', "4.2"),
        ('key="of_eligible" value="true"', 'key="of_eligible" value="True"', "4.2"),
        ('key="via"', 'key="step"', "4.2"),
        ('<global scope="trace">', '<global scope="log">', "4.3"),
        ('<string key="org:role" value="caseworker"/>', "", "4.3"),
        ('keys="concept:name"', 'keys="step"', "4.4"),
        ('classifier name="Activity"', 'classifier name="1 2"', "5.7"),
        ('prefix="org" ', 'prefix="other" ', "4.5"),
        ('uri="http://www.xes-standard.org/time.xesext"', 'uri="here"', "7"),
        ('key="org:group"', 'key="org:office"', "7"),
    ],
)
def test_what_is_no_event_log_is_found(said: str, instead: str, section: str) -> None:
    assert said in XES
    found = [
        each.split()[1].strip(":,") for each in standards.xes.broken(XES.replace(said, instead))
    ]
    assert section in found


@pytest.mark.parametrize(
    ("said", "instead", "section"),
    [
        ('"objectTypes":', '"types":', "8.2"),
        ('"time":"2024-03-01T12:00:00+00:00"', '"time":"1 March 2024"', "8.2"),
        ('"type":"integer"', '"type":"number"', "8.2"),
        ('"name":"position","value":"7"', '"name":"position","value":"seven"', "8.1"),
        ('"name":"position","value":"7"', '"name":"place","value":"7"', "4"),
        ('"type":"open-case"', '"type":"close-case"', "4"),
        ('"objectId":"staff-1"', '"objectId":"staff-2"', "4"),
        ('"id":"staff-1"', f'"id":"{NAMES.of("case", "1")}"', "4"),
        ('"name":"via","value":"api"', '"name":"role","value":"division"', "4"),
    ],
)
def test_what_is_no_object_centric_log_is_found(said: str, instead: str, section: str) -> None:
    assert said in OCEL
    found = [
        each.partition(":")[0]
        for each in standards.ocel.broken(json.loads(OCEL.replace(said, instead)))
    ]
    assert section in found


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('"wasGeneratedBy":', '"wasMadeBy":'),
        ('"prov:agent":"jisr:staff-1"', '"prov:agent":"jisr:staff-2"'),
        ('"prov:time":"2024-03-02T09:00:00+00:00"', '"prov:time":["now"]'),
        ('"urn:jisr:"', "[1]"),
    ],
)
def test_what_is_no_provenance_is_found(said: str, instead: str) -> None:
    assert said in PROV
    assert standards.prov.broken(PROV.replace(said, instead))
