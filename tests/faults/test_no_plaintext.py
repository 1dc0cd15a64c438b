"""Nothing personal or judicial is in the clear anywhere but in the views: every byte is looked at."""

import base64
import json
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import psycopg

from domain.beneficiary.steps import (
    ChangeDetails,
    ContactPerson,
    CorrectIdentity,
    IdentityPaper,
    RegisterBeneficiary,
)
from domain.beneficiary.vocabulary import IdentityKind, Sex
from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.path import CUSTODY
from domain.case.custody.vocabulary import DetentionKind, PardonKind, ReleaseKind
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    EducationLevel,
    EducationResult,
    Outcome,
)
from domain.commands import step_name
from domain.example.way import Way
from domain.message import Step
from domain.values.codes import EntryKind
from service.api.steps.examples import EXAMPLES
from tests.faults.house import House
from tests.faults.parts import pid_of
from tests.support.halting import halted
from tests.support.written import files_in

NAME_AR, NAME_LATIN, NAME_BEFORE = "زغنطوطة المقدرية", "Zaghantouta Elmoqdaria", "Zaghantota Qadria"
NUMBER, PHONE, SISTER = "QX739182", "+212 698 765 432", "Kharbouqa"
PRISON = "prison-unrepeatable"
"""Its code stands in the registry, for all to read, and nowhere beside somebody's case."""
NOTES = [f"unrepeatable words number {n}" for n in range(9)]
SECRETS = [*NAME_AR.split(), *NAME_LATIN.split(), *NAME_BEFORE.split(), NUMBER, PHONE, SISTER]
DETAINED, EXPECTED, SOONER, STUDIED = (
    *(date(2021, 6, 11), date(2028, 6, 12)),
    *(date(2023, 7, 19), date(2022, 2, 14)),
)
"""Days of custody; below, those on which its steps are taken. Nothing else has these days."""
INSIDE = (
    custody.BeginDetention(
        occurred_on=DETAINED,
        kind=DetentionKind.SENTENCE,
        expected_end=EXPECTED,
        prison=PRISON,
        detention_number=NUMBER,
    ),
    custody.RecordPrisonTransfer(occurred_on=date(2023, 3, 12), prison=PRISON),
    custody.ChangeExpectedEnd(occurred_on=date(2023, 3, 13), expected_end=SOONER, reason=NOTES[3]),
    custody.RecordPardon(
        occurred_on=date(2023, 3, 14), pardon=PardonKind.REDUCTION, expected_end=SOONER
    ),
    s.RecordEducation(
        occurred_on=date(2023, 3, 15),
        level=EducationLevel.NON_FORMAL,
        started_on=STUDIED,
        result=EducationResult.NOT_COMPLETED,
    ),
    s.RecordPreReleaseReview(
        occurred_on=date(2023, 4, 16), review="pre_release/90", findings=NOTES[2]
    ),
    s.RecordContact(
        occurred_on=date(2023, 4, 17),
        channel=Channel.VISIT_IN_PRISON,
        outcome=ContactOutcome.REACHED,
        note=NOTES[1],
    ),
)
RELEASE = custody.RecordRelease(
    occurred_on=date(2023, 5, 18), release=ReleaseKind.CONDITIONAL, conditions_until=EXPECTED
)
CUSTODY_DAYS = [
    str(day)
    for day in (
        *(DETAINED, EXPECTED, SOONER, STUDIED, RELEASE.occurred_on),
        *(step.occurred_on for step in INSIDE if not isinstance(step, s.RecordContact)),
    )
]
CUSTODY_KINDS = [
    word
    for row in CUSTODY.rows
    for word in (step_name(row.step), row.step.__name__, row.makes[0].stored)
]
CUSTODY_CODES = ["visit_in_prison", "pre_release", "non_formal", "not_completed", "conditional"]
JUDICIAL = [*CUSTODY_DAYS, *CUSTODY_KINDS, *CUSTODY_CODES, "not_in_detention"]
IDENTITY: dict[str, Any] = {
    "sex": Sex.FEMALE,
    "birth_date": date(1991, 5, 17),
    "identity": IdentityPaper(kind=IdentityKind.NATIONAL_CARD, number=NUMBER),
}
DETAILS: dict[str, Any] = {
    "phone": PHONE,
    "contacts": (ContactPerson(name=SISTER, relation="sister", phone=PHONE),),
}


def forms(text: str) -> Iterator[bytes]:
    """The ways in which a text may lie in a file."""
    escaped = json.dumps(text)[1:-1]
    yield text.encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield from (each.encode() for each in (escaped, escaped.upper(), escaped.replace("\\", "\\\\")))
    yield quote(text).encode()
    yield text.encode().hex().encode()
    for shift in range(3):
        # Of the first and last letters some bits belong to what stands beside.
        yield base64.b64encode(b"\0" * shift + text.encode())[4:-4]


FORMS = {
    form: text for text in (*SECRETS, *NOTES, *JUDICIAL) for form in forms(text) if len(form) > 6
}


def found_in(content: bytes) -> set[str]:
    return {text for form, text in FORMS.items() if form in content}


def naming(text: str, files: Mapping[str, bytes]) -> list[str]:
    """The files in which a text lies in whatever form."""
    return [name for name, content in files.items() if any(f in content for f in forms(text))]


def files_of(data: Path) -> dict[str, bytes]:
    return {str(file.relative_to(data)): content for file, content in files_in(data)}


def tables_of(house: House) -> bytes:
    """Everything in the ledger's and the key store's schemas, as PostgreSQL dumps it."""
    with psycopg.connect(house.settings.ledger) as connection, connection.cursor() as cursor:
        names = cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('ledger', 'keys')"
        ).fetchall()
        return b"".join(copied(cursor, f"{schema}.{table}") for schema, table in names)


def copied(cursor: psycopg.Cursor[Any], table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:
        return b"".join(bytes(row) for row in rows)


class Desk:
    """Takes the steps about one person, and tries those that are refused."""

    def __init__(self, house: House) -> None:
        self.house, self.by = house, house.caseworker
        prison = {"kind": EntryKind.PRISON, "entry": PRISON}
        house.administrator.step("/v1/registry", EXAMPLES["register-entry"] | prison)
        step = RegisterBeneficiary(
            occurred_on=date(2023, 1, 9),
            name_ar=NAME_AR,
            name_latin=NAME_BEFORE,
            **IDENTITY,
            **DETAILS,
        )
        person = self.by.step("/v1/beneficiaries", body(step))["ids"]["beneficiary"]
        self.person = f"/v1/beneficiaries/{person}"
        first = Way(UUID(person), UUID(self.by.staff_id)).steps()[0]
        self.case_id = self.by.step("/v1/cases", body(first))["ids"]["case"]
        self.case = f"/v1/cases/{self.case_id}"

    def path(self, step: Step) -> str:
        return f"{self.case}/steps/{step_name(step)}"

    def take(self) -> None:
        day = date(2023, 2, 9)
        changed = ChangeDetails(occurred_on=day, **DETAILS)
        self.by.step(f"{self.person}/steps/change-details", body(changed))
        names: dict[str, Any] = {
            "name_ar": NAME_AR,
            "name_latin": NAME_LATIN,
            "explanation": NOTES[0],
        }
        corrected = CorrectIdentity(occurred_on=day, **names, **IDENTITY)
        self.by.step(f"{self.person}/steps/correct-identity", body(corrected))
        day = date(2023, 3, 1)
        for step in (
            s.AddNote(occurred_on=day, text=f"{NOTES[0]}, {NAME_AR}, {NUMBER}"),
            s.RecordContact(
                occurred_on=day,
                channel=Channel.AT_CENTRE,
                outcome=ContactOutcome.REACHED,
                note=NOTES[1],
            ),
            s.RecordSocialEnquiry(
                occurred_on=day, household_size=4, has_housing=True, findings=NOTES[2]
            ),
            *INSIDE,
        ):
            self.by.step(self.path(step), body(step))

    def be_refused(self) -> None:
        """By the API, the ledger, and behind Temporal."""
        note = s.AddNote(occurred_on=date(2023, 3, 2), text=f"{NOTES[4]} {NAME_LATIN}")
        path, http = self.path(note), self.by.http
        refused = [
            self.by.post(path, body(note) | {"occurred_on": "2124-01-01"}),
            self.by.post(path, body(note) | {"text": NAME_AR * 1000}),
            self.by.post(path, body(note) | {NAME_LATIN: NAME_AR}),
            self.by.post(path, body(note), if_match='"1"'),
            self.by.post(path, body(note), if_match=NUMBER),
            self.by.post(f"/v1/beneficiaries/{NAME_AR}/steps/{NAME_LATIN}", body(note)),
            http.post(path, content=b'{"text": "' + NAME_AR.encode(), headers=json_headers()),
            http.get(f"/v1/cases/{NAME_LATIN}"),
            http.get(f"/{NAME_AR}"),
        ]
        assert {each.status_code // 100 for each in refused} == {4}
        assert self.by.step("/v1/cases/search", {"text": NAME_AR})["cases"]

    def be_refused_behind_temporal(self) -> None:
        """Two at once that cannot both be: one of them is refused where only the ledger is.

        Two notes on the version both have seen, and somebody released twice.
        """
        seen = self.by.get(self.case).headers["etag"]
        notes = [s.AddNote(occurred_on=date(2023, 3, 3), text=text) for text in NOTES[5:7]]
        self._at_once(*notes, refused=412, if_match=seen)
        self._at_once(RELEASE, RELEASE, refused=409)

    def _at_once(self, *steps: Step, refused: int, **asking: str) -> None:
        """Both have been looked at before either is recorded."""
        with ThreadPoolExecutor(2) as threads:
            with halted(pid_of(self.house.data, "worker")):
                sent = [
                    threads.submit(self.by.post, self.path(step), body(step), **asking)
                    for step in steps
                ]
                time.sleep(1)  # until both have been looked at and wait for the worker
            answers = [each.result() for each in sent]
        assert sorted(each.status_code for each in answers) == [200, refused], answers
        assert all(found_in(each.content) <= {"not_in_detention"} for each in answers)

    def be_closed(self) -> None:
        closing = s.CloseCase(
            occurred_on=date(2023, 6, 1), outcome=Outcome.DISENGAGED, explanation=NOTES[7]
        )
        self.by.step(self.path(closing), body(closing))
        late = s.AddNote(occurred_on=date(2023, 6, 2), text=NOTES[8])
        assert self.by.post(self.path(late), body(late)).json()["code"] == "case_closed"


def body(step: Step) -> dict[str, Any]:
    return step.model_dump(mode="json")


def json_headers() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"}


def test_nothing_personal_or_judicial_is_in_the_clear_outside_the_views(house: House) -> None:
    desk = Desk(house)
    desk.take()
    desk.be_refused()
    desk.be_refused_behind_temporal()
    desk.be_closed()
    files = files_of(house.data)
    views = [content for name, content in files.items() if name.startswith("views")]
    others = {name: found_in(content) for name, content in files.items() if "views" not in name}
    assert {name: found for name, found in others.items() if found} == {}
    assert {"api.log", "worker.log", "projector.log", "temporal.log", "up.err"} <= others.keys()
    assert desk.case_id.encode() in b"".join(
        content for name, content in files.items() if name.startswith("temporal.db")
    )
    public = ("ledger.db", "views")
    assert [name for name in naming(PRISON, files) if not name.startswith(public)] == []
    if house.postgres is None:
        assert b"NoteAdded" in files["ledger.db"] + files["ledger.db-wal"]
        shown = set.union(*map(found_in, views))
        assert set(NAME_LATIN.split()) <= shown <= {*SECRETS, *JUDICIAL}
    else:
        dump = tables_of(house)
        assert b"NoteAdded" in dump
        assert b'"occurred_on"' in dump
        assert found_in(dump) == set()
        assert dump.count(PRISON.encode()) == 1
