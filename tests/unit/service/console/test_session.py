"""A session's page says of each file what speaks against it, and what is left if all pass."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from domain.message import Role
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.values.trades import Trade
from service.console.showing.gaps import Gap, Missing
from service.console.showing.session import file_lines, left_if_all_pass
from service.queries.agreements import Agreement
from service.queries.sessions import PutLine
from service.words.language import Language
from service.words.store import words

PAGE = words(Language.ENGLISH).page
AGREEMENT = UUID(int=4)


def put(**changes: Any) -> PutLine:
    known: dict[str, Any] = {
        "session_id": UUID(int=1),
        "case_id": UUID(int=2),
        "project_id": UUID(int=3),
        "agreement_id": AGREEMENT,
        "appeal": False,
        "decision": None,
        "decided_on": None,
        "centre": "taza",
        "reference": "TAZ-24-0001",
        "name_ar": None,
        "name_latin": "Salma",
        "restricted_until": None,
        "ordered": False,
        "trade": next(iter(Trade)),
        "province": "taza",
        "asked": Decimal(30_000),
        "recommended": Decimal(30_000),
        "opinion": OpinionKind.FAVOURABLE,
        "changed_since_study": False,
    }
    return PutLine(**known | changes)


def test_what_speaks_against_a_file_is_said_until_it_is_decided() -> None:
    against = {"recommended": Decimal(20_000), "changed_since_study": True, "opinion": None}
    decided = {"decision": DecisionKind.APPROVE, "decided_on": date(2024, 3, 20)}
    lines = file_lines(
        (put(**against), put(), put(**against | decided)),
        Role.COORDINATOR,
        decides=True,
        language=Language.ENGLISH,
    )
    assert [each.warnings for each in lines] == [
        (PAGE["file_asks_more"], PAGE["file_changed"], PAGE["file_without_opinion"]),
        (),
        (),
    ]
    assert [each.step is not None for each in lines] == [True, True, False]
    assert f"agreement_id={AGREEMENT}" in (lines[0].step.href if lines[0].step else "")


def test_of_whom_the_reader_may_not_know_there_is_no_link_and_no_step() -> None:
    untold = put(reference=None, name_latin=None)
    (told,) = file_lines((untold,), Role.COORDINATOR, decides=True, language=Language.ENGLISH)
    assert (told.case_id, told.step, told.reference) == (None, None, Missing(Gap.NOT_SHOWN))


def test_what_is_left_if_all_pass_counts_files_that_wait_alone() -> None:
    row = SimpleNamespace(
        agreement_id=AGREEMENT, season="2024", room=Decimal(50_000), places=2, places_taken=1
    )
    lines = (put(), put(recommended=None, asked=Decimal(40_000)), put(decision="approve"))
    (left,) = left_if_all_pass(lines, [cast("Agreement", row)])
    assert (left.files, left.room, left.places) == (2, Decimal(-20_000), -1)
    assert not left.is_enough
