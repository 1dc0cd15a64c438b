"""Searching for cases: what is found, in which order, at what cost, and what the erased leave."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from time import process_time
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, event, select

from domain.case.steps import PauseCase
from domain.errors import Refused
from projections.changes import Changes
from projections.columns import SortedText
from projections.projector import Projector
from projections.store import Views
from projections.view import unvalidated
from projections.views import caseload
from projections.views.caseload import Case, Filters
from projections.views.caseload_rows import caseload as cases_view
from projections.views.names import NameKey, keys_of, names
from projections.views.pages import Part
from projections.views.searching import MOST_LETTERS, MOST_WORDS
from projections.views.spelling import search_text
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import Person, Programme

TODAY = date(2024, 9, 1)
MANY = 5_000
QUICK, LONG = 0.010, 0.030
"""Seconds, of a search of a few words, and of as many as there may be."""


def find(conn: Connection, text: str, **filters: str) -> list[UUID]:
    found = caseload.find(conn, Filters(text=text, **filters), TODAY)  # type: ignore[arg-type]
    return [case.case_id for case in found.rows]


def people(programme: Programme, projector: Projector, *latin: str) -> list[Person]:
    """People of these names, with a case each; the first opened first."""
    made = [Person(programme, name_ar=None, name_latin=name) for name in latin]
    for person in made:
        programme.record(*person.intake()[:2])
    catch_up(projector)
    return made


def test_what_is_written_as_asked_comes_before_what_is_alike(
    programme: Programme, projector: Projector, views: Views
) -> None:
    given = ("Yousef Mithali", "Youssef Moftarad", "Youssouf Mithali", "Youssef Mithali", "Hind")
    made = people(programme, projector, *given)
    with views.reading() as conn:
        everybody = find(conn, "youssef")
        assert set(everybody) == {each.case_id for each in made[:4]}
        assert set(everybody[:2]) == {made[1].case_id, made[3].case_id}
        assert find(conn, "Youssef Mouftarad") == [made[1].case_id]
        assert set(find(conn, "El Mithali Yusuf")) == {made[each].case_id for each in (0, 2, 3)}


def test_the_nearest_comes_first_in_either_script(
    programme: Programme, projector: Projector, views: Views
) -> None:
    latin = ("Youssouf", "Youssefi", "Youssef", "Yousef")
    far, begun, same, alike = people(programme, projector, *latin)
    arabic = Person(programme, name_ar="يوسف", name_latin=None)
    both = Person(programme, name_ar="يوسف", name_latin="Joseph")
    for person in (arabic, both):
        programme.record(*person.intake()[:2])
    catch_up(projector)
    with views.reading() as conn:
        found = find(conn, "youssef")
        assert found == [each.case_id for each in (same, begun, alike, far, arabic)]
        across = find(conn, "يوسف")
        assert set(across[:2]) == {arabic.case_id, both.case_id}
        assert set(across[2:]) == {each.case_id for each in (far, begun, same, alike)}


def test_pages_of_a_search_keep_its_order_and_miss_nobody(
    programme: Programme, projector: Projector, views: Views
) -> None:
    spelled = (("Youssef", "Yousef")[number % 2] for number in range(9))
    made = people(programme, projector, *spelled)
    for paused in made[:4]:  # what is due in them waits
        pause = PauseCase(
            occurred_on=date(2024, 8, 20), until=date(2024, 11, 18), explanation="abroad"
        )
        programme.record(paused.step(pause))
    catch_up(projector)
    asked = Filters(text="yousef")
    as_asked = {each.case_id for each in made[1::2]}
    with views.reading() as conn:
        for sort in caseload.ORDERS:
            whole = caseload.find(conn, asked, TODAY, Part(sort, total=True))
            assert whole.total == len(whole.rows) == 9
            assert {case.case_id for case in whole.rows[:4]} == as_asked
            paged, cursor = list[Case](), None
            while cursor is not None or not paged:
                page = caseload.find(conn, asked, TODAY, Part(sort, cursor, limit=2))
                paged += page.rows
                cursor = page.next_cursor
            assert paged == whole.rows


def test_a_case_is_found_by_its_reference_however_it_is_spaced(
    programme: Programme, projector: Projector, views: Views
) -> None:
    first, second = people(programme, projector, "Salma", "Hind")
    with views.reading() as conn:
        row = caseload.get(conn, first.case_id)
        assert row is not None
        centre, year, number = row.reference.split("-")
        for text in (
            row.reference,
            row.reference.lower(),
            f" {centre} {year}/{number} ",
            f"{centre}{year}{number}",
            f"{centre}-{year}-{int(number)}",
            row.reference.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        ):
            assert find(conn, text) == [first.case_id], text
        assert find(conn, row.reference, centre="midelt") == []
        assert find(conn, f"{centre}-{year}-9999") == []
    assert second.case_id != first.case_id


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "'", "ـ", "َ", "\u200f", "-"])
def test_a_search_without_a_letter_is_refused(views: Views, text: str) -> None:
    with views.reading() as conn, pytest.raises(Refused, match="search_without_letter"):
        find(conn, text)


def test_a_search_of_many_letters_is_refused(views: Views) -> None:
    with views.reading() as conn:
        assert find(conn, "ab" * (MOST_LETTERS // 2)) == []
        with pytest.raises(Refused, match="search_too_long"):
            find(conn, "a" * (MOST_LETTERS + 1))


def test_a_search_of_many_words_is_refused_and_none_is_left_out(
    programme: Programme, projector: Projector, views: Views
) -> None:
    long = "Ab Cd Ef Gh Ij Kl Mn Op"
    assert len(long.split()) == MOST_WORDS
    (person,) = people(programme, projector, long)
    with views.reading() as conn:
        assert find(conn, long) == [person.case_id]
        assert find(conn, long.replace("Op", "Salma")) == []
        with pytest.raises(Refused, match="search_of_many_words") as refusal:
            find(conn, f"{long} Salma")
        assert refusal.value.params == {"most": MOST_WORDS}


@pytest.mark.parametrize(
    "cursor", ["", "x", "0", "00~2024-01-01~" + str(UUID(int=1)), "0~2024-01-01", "0~today~x"]
)
def test_a_made_up_cursor_of_a_search_is_refused(views: Views, cursor: str) -> None:
    with views.reading() as conn, pytest.raises(Refused, match="cursor_invalid"):
        caseload.find(conn, Filters(text="salma"), TODAY, Part(caseload.NEWEST, cursor))


def test_the_erased_leave_no_key(programme: Programme, projector: Projector, views: Views) -> None:
    person = Person(programme, name_ar="يوسف المفترض", name_latin="Youssef El Mouftarad")
    other = Person(programme, name_ar=None, name_latin="Omar")
    programme.record(*person.commands(), *other.intake()[:2])
    catch_up(projector)
    with views.reading() as conn:
        known = keys_of("يوسف المفترض", "Youssef El Mouftarad")
        assert keys_in(conn, person.beneficiary_id) == known
    person.erase()
    catch_up(projector)
    projector.rebuild()
    with views.reading() as conn:
        assert keys_in(conn, person.beneficiary_id) == set()
        assert keys_in(conn, other.beneficiary_id) == keys_of("Omar")
        assert find(conn, "yousef") == []


def keys_in(conn: Connection, person: UUID) -> set[str]:
    query = select(names.c.sound).where(names.c.beneficiary_id == person)
    return set(conn.execute(query).scalars())


def crowd(views: Views, like: UUID) -> None:
    """Rows of many made-up people, past the ledger: only how they are looked for matters."""
    with views.reading() as conn:
        case = caseload.get(conn, like)
    assert case is not None
    changes, made = Changes(), unvalidated(NameKey)
    for number in range(MANY):
        person, latin = uuid4(), f"{FIRST[number % 37]} {FAMILY[number % 101]}"
        cells = {"case_id": uuid4(), "beneficiary_id": person, "name_latin": latin}
        cells |= {"search": search_text(latin), "reference": f"XYZ-24-{number:05}"}
        changes.add(cases_view, [case.model_copy(update=cells)])
        keys = (made(beneficiary_id=person, sound=SortedText(key)) for key in keys_of(latin))
        changes.add(names, keys)
    with closing(views.writer()) as writer:
        assert writer.acquire()
        state = writer.state()
        at, calendar = state.reached, state.calendar
        writer.write(changes, before=at, after=at, calendar=calendar)


FIRST = tuple(f"{a}{b}a" for a in ("Sa", "Mo", "Ha", "Ra") for b in "bdfhjkmnrt")[:37]
FAMILY = tuple(
    f"El {a}{b}i"
    for a in ("Mo", "Ta", "Ka", "Dha", "Be", "Fe", "Za", "No", "Lo", "Ja")
    for b in ("fta", "lha", "rra", "mmou", "ssa", "zza", "bda", "chka", "kra", "ddou", "gla")
)[:101]


SEARCHES = (
    *("Xylo", "Salma Xylophone", "عبد الله المفقود", "a b c d e f", "TAZ-24-9999", "Q"),
    "Khedija Gherbi Dhehebi Ketheer Guergour Benkhedda Checkeoui Thegheb",
    "خديجة الغربي ظافر الحكيم عبد الله المفقودي المفترضة",
)


def test_a_search_looks_into_indexes_only_and_costs_little(
    programme: Programme, projector: Projector, views: Views
) -> None:
    (person,) = people(programme, projector, "Salma")
    projector.close()
    crowd(views, person.case_id)
    with views.reading() as conn:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql("ANALYZE")  # as it does by itself, a minute later
        for text in SEARCHES:
            for filters in ({}, {"centre": "taza"}, {"status": "overdue"}):
                with plans(conn) as told:
                    assert find(conn, text, **filters) == []
                assert told
                assert not [line for line in told if SCAN.search(line)], (text, filters, told)
            spent = min(cpu_of(conn, text) for _ in range(5))
            assert spent < (QUICK if len(text.split()) < MOST_WORDS else LONG), (text, spent)


def cpu_of(conn: Connection, text: str) -> float:
    """Of this process: all that SQLite takes, and of PostgreSQL the asking."""
    before = process_time()
    find(conn, text, centre="taza")
    return process_time() - before


SCAN = re.compile(r"^SCAN (names|caseload)\b|Seq Scan on (names|caseload)\b")


@contextmanager
def plans(conn: Connection) -> Iterator[list[str]]:
    """What the database plans for each query that runs meanwhile."""
    told: list[str] = []
    asked = "EXPLAIN QUERY PLAN" if conn.dialect.name == "sqlite" else "EXPLAIN"

    def explain(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("WITH"):
            rows = conn.connection.cursor()
            rows.execute(f"{asked} {statement}", parameters)
            told.extend(row[-1] for row in rows.fetchall())

    event.listen(conn, "before_cursor_execute", explain)
    try:
        yield told
    finally:
        event.remove(conn, "before_cursor_execute", explain)
