"""What belongs together leaves the house as one file: a case, an agreement, a season, or all of it."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from domain.message import StreamKind, kind_of, stream_id
from ledger.bundle.export import Unprovable, export
from ledger.bundle.verify import Altered, Unusable, check
from ledger.ledger import Ledger
from ledger.proof.log import LogDiffers
from service.running.auditing.bundling import Scope, scope
from service.running.faults import OperatorError
from tests.integration.ledger.owner import owner_of
from tests.integration.ledger.place import Place as Stored
from tests.integration.projections.conftest import Place
from tests.integration.projections.programme import Person, Programme


@pytest.fixture
def people(programme: Programme) -> list[Person]:
    """Two people of one centre, and one of another."""
    people = [Person(programme, centre) for centre in ("taza", "taza", "midelt")]
    for person in people:
        programme.record(*person.commands())
    return people


def streams(found: Scope, kind: StreamKind) -> set[str]:
    return {each for each in found.streams or () if kind_of(each) is kind}


def cases(people: list[Person]) -> set[str]:
    return {stream_id(StreamKind.CASE, person.case_id) for person in people}


def test_a_case_an_agreement_and_a_season_take_what_belongs_to_them(
    ledger: Ledger, people: list[Person], tmp_path: Path
) -> None:
    first = people[0]
    of_case = scope(ledger, case=str(first.case_id))
    assert streams(of_case, StreamKind.CASE) == cases([first])
    assert streams(of_case, StreamKind.BENEFICIARY) != set()
    assert len(streams(of_case, StreamKind.PROJECT)) == 1
    agreement = first.programme.agreements["taza"]
    of_agreement = scope(ledger, agreement=agreement)
    assert streams(of_agreement, StreamKind.CASE) == cases(people[:2])
    for kind in (StreamKind.ORDER, StreamKind.SESSION, StreamKind.CEREMONY, StreamKind.AGREEMENT):
        assert streams(of_agreement, kind) != set(), kind
    assert of_case.streams is not None
    assert of_agreement.streams is not None
    assert of_case.streams < of_agreement.streams
    of_season = scope(ledger, season="2024")
    assert streams(of_season, StreamKind.CASE) == cases(people)
    for number, each in enumerate((of_case, of_agreement, of_season, scope(ledger))):
        path = tmp_path / f"{number}.tar"
        made = export(ledger.sealed, path, each.about, each.streams)
        vkeys = [str(key) for key in ledger.sealed.verifier_keys()]
        report = check(path, vkeys, workers=1)
        assert f"{made.events} events" in report.about
        every = sum(len(ledger.history(stream)) for stream in each.streams or ())
        assert made.events == (every or ledger.head())


def test_nothing_personal_leaves_in_the_clear(
    ledger: Ledger, people: list[Person], tmp_path: Path
) -> None:
    export(ledger.sealed, tmp_path / "all.tar", "the whole ledger")
    told = (tmp_path / "all.tar").read_bytes()
    for name in (people[0].name_ar, people[0].name_latin):
        assert name is not None
        assert name.encode() not in told
        assert json.dumps(name)[1:-1].encode() not in told


def test_what_is_asked_for_wrongly_is_said(ledger: Ledger, people: list[Person]) -> None:
    with pytest.raises(OperatorError, match=r"there is no agreement of season 1999; .* 2024"):
        scope(ledger, season="1999")
    with pytest.raises(OperatorError, match="of one case, one agreement"):
        scope(ledger, season="2024", case="FES-24-0001")
    with pytest.raises(OperatorError):
        scope(ledger, agreement=uuid4())
    with pytest.raises(OperatorError, match="is no case"):
        scope(ledger, case=f"agreement/{people[0].programme.agreements['taza']}")


def test_a_bundle_goes_on_from_what_somebody_holds_and_from_nothing_else(
    ledger: Ledger, programme: Programme, tmp_path: Path
) -> None:
    log = ledger.sealed
    log.catch_up()
    first = log.checkpoint()
    assert first is not None
    held = tmp_path / "held"
    held.write_text(str(first.note))
    person = Person(programme)
    programme.record(*person.intake())
    asked = scope(ledger, case=str(person.case_id))
    path = tmp_path / "case.tar"
    export(log, path, asked.about, asked.streams, [held.read_text()])
    assert any(str(held) in each for each in check(path, [], [held]).checked)
    with pytest.raises(FileExistsError):
        export(log, path, asked.about, asked.streams)
    for told, why in (
        ("nothing", "cannot be believed"),
        (held.read_text().replace(log.origin, "jisr/another"), "of another ledger"),
    ):
        with pytest.raises(Unprovable, match=why):
            export(log, tmp_path / "none.tar", "all", None, [told])
    assert [each.name for each in tmp_path.iterdir() if "none" in each.name] == []
    programme.record(*Person(programme).intake())
    log.catch_up()
    later = log.checkpoint()
    assert later is not None
    held.write_text(str(later.note))
    with pytest.raises(Unusable, match="later than the bundle"):
        check(path, [], [held])


def test_a_ledger_that_was_altered_leaves_no_bundle(
    ledger: Ledger, people: list[Person], place: Place, tmp_path: Path
) -> None:
    log = ledger.sealed
    log.catch_up()
    asked = scope(ledger, case=str(people[0].case_id))
    (opened,) = ledger.history(stream_id(StreamKind.CASE, people[0].case_id), up_to=1)
    position = opened.envelope.position
    (row,) = log.store.select_notifications(position, 1)
    if not place.url.startswith("sqlite"):
        pytest.skip("what the owner of PostgreSQL does is tried on the ledger alone")
    with owner_of(Stored("sqlite", place.url, place.keys_url, tmp_path, place.url)) as owner:
        owner.set(position, "state", row.state + b" ")
    for each in (asked, scope(ledger)):
        with pytest.raises(LogDiffers) as differs:
            export(log, tmp_path / "none.tar", each.about, each.streams)
        assert differs.value.position == position
    assert not (tmp_path / "none.tar").exists()


def test_one_byte_of_a_real_bundle(ledger: Ledger, people: list[Person], tmp_path: Path) -> None:
    path = tmp_path / "all.tar"
    export(ledger.sealed, path, "the whole ledger")
    data = bytearray(path.read_bytes())
    at = data.index(b'"rules_version"')
    data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(Altered) as found:
        check(path, workers=1)
    assert found.value.position is not None
