"""A person is erased through the API: what was theirs is gone, everything else goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg

from domain.case.steps import CloseCase, ReopenCase
from domain.case.vocabulary import Outcome
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import StreamKind, stream_id
from ledger.following.erasing import ERASURES
from projections.views.table import shape
from service.bootstrap import opened_ledger
from tests.faults.agreement import assert_everything_is_there_once, assert_views_agree
from tests.faults.crowd import LONG_AGO, Crowd
from tests.faults.house import House
from tests.faults.keys_at_rest import wrapped_key
from tests.faults.parts import pid_of
from tests.support.halting import go_on, halt, kill
from tests.support.waiting import until
from tests.support.written import content_of

NAME = "Waddaha Elmanssiya"
CLOSING = CloseCase(occurred_on=date(2026, 6, 30), outcome=Outcome.LEFT_COUNTRY)


def places_of(house: House, words: bytes, *names: str) -> list[str]:
    """The files of the installation in which these bytes are."""
    files = [file for name in names for file in house.data.glob(name) if file.is_file()]
    assert files or house.postgres is not None
    return [file.name for file in files if words in content_of(file)]


def tables_with(house: House, words: str) -> list[str]:
    """Of the tables that the service reads, those in which these words are, in whatever column."""
    if house.postgres is None:
        return []
    found = []
    with psycopg.connect(house.settings.ledger) as database:
        named = database.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            " AND has_table_privilege("
            "quote_ident(schemaname) || '.' || quote_ident(tablename), 'SELECT')"
        )
        for (table,) in named.fetchall():
            query = f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE %s OR t::text LIKE %s"  # noqa: S608 - its own names
            (many,) = database.execute(
                query, (f"%{words}%", f"%{words.encode().hex()}%")
            ).fetchone() or (0,)
            found += [table] * bool(many)
    return found


SQLITE = b"SQLite format 3\0"


@contextmanager
def halted_between_transactions(house: House, process: int) -> Iterator[None]:
    """Nobody waits for a lock of one that stands still."""

    def stopped() -> bool:
        halt(process)
        if not in_transaction(house):
            return True
        go_on(process)
        return False

    until(stopped, "it is never between two transactions")
    try:
        yield
    finally:
        go_on(process)


def in_transaction(house: House) -> bool:
    """Whether somebody has one open."""
    if house.postgres is not None:
        with psycopg.connect(house.settings.ledger) as database:
            found = database.execute(
                "SELECT FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
            )
            return found.fetchone() is not None
    ours = (file for file in house.data.glob("*.db*") if not file.is_symlink())
    return any(is_locked(file) for file in ours if is_database(file))


def is_database(file: Path) -> bool:
    """And one that is ours."""
    with file.open("rb") as opened:
        return opened.read(len(SQLITE)) == SQLITE and not file.name.startswith("temporal.db")


def is_locked(file: Path) -> bool:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        database.execute("ROLLBACK")
        return False


class Person:
    """Somebody with a delivered project and a closed case, and then erased."""

    def __init__(self, house: House) -> None:
        self.house, self.crowd = house, Crowd(house)
        self.agreement_id = self.crowd.sign(who=Way(begins=LONG_AGO))
        self.id = self.crowd.register(NAME)
        self.case_id = self.crowd.follow(self.agreement_id, LONG_AGO, self.id)
        self.case = f"/v1/cases/{self.case_id}"
        self.crowd.send(house.coordinator, f"{self.case}/steps/close-case", CLOSING)
        house.auditor.found("/v1/cases", at_least=self.crowd.acknowledged[-1].answer["position"])
        self.agreement = self.balance()

    def balance(self) -> dict[str, Any]:
        return self.house.division.found(f"/v1/agreements/{self.agreement_id}")

    def erase(self) -> int:
        """By two people; the ledger's position then."""
        path, house = f"/v1/beneficiaries/{self.id}/steps", self.house
        day = {"occurred_on": "2026-07-01"}
        house.division.step(f"{path}/request-erasure", day)
        alone = house.division.post(f"{path}/confirm-beneficiary-request", day)
        assert alone.json()["code"] == "second_person_needed"
        position: int = house.coordinator.step(f"{path}/confirm-beneficiary-request", day)[
            "position"
        ]
        return position


def test_what_was_theirs_is_gone_and_everything_else_goes_on(house: House) -> None:
    person = Person(house)
    key = wrapped_key(house, person.id)
    assert key
    assert_views_agree(house)
    assert house.auditor.step("/v1/cases/search", {"text": NAME})["cases"]
    if house.postgres is None:
        # As a rebuild leaves it that was killed.
        (house.data / f"views_{shape()}-999.db").write_text(NAME)
    erased_at = person.erase()
    assert house.auditor.found(f"/v1/beneficiaries/{person.id}")["name_latin"] is None
    until(lambda: wrapped_key(house, person.id) == b"", "the key is still there")
    assert places_of(house, key, "keys.db*") == []
    assert_case_still_reads(person, erased_at)
    assert person.balance() == person.agreement
    assert_others_go_on(person)
    assert_views_agree(house)
    until(lambda: not places_of(house, NAME.encode(), "views*"), "a view keeps the name")
    assert places_of(house, NAME.encode(), "*", "*/*") == []
    assert tables_with(house, NAME) == []
    assert not person.crowd.answered_otherwise()
    assert_everything_is_there_once(person.crowd)


def assert_case_still_reads(person: Person, erased_at: int) -> None:
    auditor = person.house.auditor
    rows = auditor.found("/v1/cases", at_least=erased_at, limit=200)["cases"]
    (row,) = [row for row in rows if row["case_id"] == person.case_id]
    assert (row["stage"], row["name_ar"], row["name_latin"]) == ("closed", None, None)
    assert auditor.step("/v1/cases/search", {"text": NAME})["cases"] == []
    case = auditor.found(person.case)
    assert (case["stage"], case["name_latin"], case["outcome"]) == (
        *("closed", None, "left_country"),
    )
    history = auditor.found(f"{person.case}/history", limit=100)
    fields = {event["type"]: event["fields"] for event in history["events"]}
    assert fields["SocialEnquiryRecorded"]["findings"] is None
    assert fields["SocialEnquiryRecorded"]["household_size"] is None
    assert Decimal(fields["DecisionRecorded"]["equipment_amount"]) > 0
    assert NAME not in auditor.get(f"/v1/beneficiaries/{person.id}").text
    told = auditor.found(f"{person.case}/timeline", at_least=erased_at)["entries"]
    for events in (history["events"], told):
        custody = [each for each in events if each["type"] == "CircumstancesRecorded"]
        assert len(custody) == 3
        assert all(each["occurred_on"].endswith("-01") for each in custody)
        assert not {each["type"] for each in events} & {"ReleaseRecorded", "EducationRecorded"}
    with opened_ledger(person.house.settings) as ledger:
        stream = stream_id(StreamKind.CASE, person.case_id)
        assert ledger.state_at(stream) == ledger.state(stream)
        assert ledger.state(stream).version == case["version"]


def assert_others_go_on(person: Person) -> None:
    """Another person under the same agreement; and nothing more about the erased one."""
    house, crowd = person.house, person.crowd
    crowd.follow(person.agreement_id, LONG_AGO)
    head = crowd.acknowledged[-1].answer["position"]
    shown = house.division.found(f"/v1/agreements/{person.agreement_id}", at_least=head)
    assert shown["delivered"] == str(2 * EXAMPLE.cost)
    again = ReopenCase(occurred_on=date(2026, 7, 2), explanation="Came back.")
    path, body = f"{person.case}/steps/reopen-case", again.model_dump(mode="json")
    refused = house.coordinator.post(path, body)
    assert (refused.status_code, refused.json()["code"]) == (410, "erased")


def test_a_key_is_destroyed_though_who_should_was_killed_between_erasure_and_destruction(
    house: House,
) -> None:
    crowd = Crowd(house)
    person = crowd.register(NAME)
    path = f"/v1/beneficiaries/{person}"
    day = {"occurred_on": "2026-07-01"}
    house.division.step(f"{path}/steps/request-erasure", day)
    until(lambda: _level(house), "the follower does not catch up")
    worker = pid_of(house.data, "worker")
    with halted_between_transactions(house, worker):
        house.coordinator.step(f"{path}/steps/confirm-beneficiary-request", day)
        assert house.auditor.found(path)["name_latin"] is None
        assert wrapped_key(house, person)
        with opened_ledger(house.settings) as started:
            state = started.state(stream_id(StreamKind.BENEFICIARY, person))
            registered, *_ = started.history(stream_id(StreamKind.BENEFICIARY, person))
        assert "Waddaha" not in f"{state} {registered}"
        kill(worker)
    until(lambda: wrapped_key(house, person) == b"", "the key is still there")


def test_the_views_forget_a_person_before_their_key_is_destroyed(house: House) -> None:
    crowd = Crowd(house)
    person = crowd.register(NAME)
    path = f"/v1/beneficiaries/{person}"
    day = {"occurred_on": "2026-07-01"}
    house.division.step(f"{path}/steps/request-erasure", day)
    with halted_between_transactions(house, pid_of(house.data, "worker")):
        house.coordinator.step(f"{path}/steps/confirm-beneficiary-request", day)
        assert wrapped_key(house, person)
        assert_views_agree(house)
        until(lambda: not places_of(house, NAME.encode(), "views*"), "a view keeps the name")
    until(lambda: wrapped_key(house, person) == b"", "the key is still there")


def _level(house: House) -> bool:
    with opened_ledger(house.settings) as ledger, closing(ledger.feed.tracking()) as tracking:
        return tracking.at(ERASURES).position == ledger.head()
