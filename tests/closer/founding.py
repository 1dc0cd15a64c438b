"""People whose projects are studied, and the agreements they are put to."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from uuid import UUID, uuid5

from domain.example.beside import (
    SISTER,
    register_beneficiary,
    register_centre,
    register_staff,
    sign_agreement,
)
from domain.example.person import EXAMPLE
from domain.example.registered import register_entries
from domain.example.way import Way
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.rules import NEWEST, DecidingBody
from domain.staff.events import StaffRegistered
from domain.tracks.self_employment import steps as s
from tests.closer import alongside, moves, plans
from tests.closer.books import Books, OnPaper
from tests.closer.oracle import Oracle
from tests.closer.site import Site, Staff
from tests.support.paper import ADMINISTRATOR, DIRECTORY, REGISTRY, ROOT
from tests.support.versions import versions

MOST_PEOPLE = 40
CHILDREN = 8
"""One of so many is a minor for some months yet."""
BORN_LATE = date(2006, 12, 1)
LATE_YEARS = 0.15
"""How often a programme goes on once there are alternative penalties."""
PENALTIES_SINCE = NEWEST.alternative_penalties_since
MORE = 0.8
"""Than four people, in the mean."""


def begun(seed: int) -> Site:
    """On paper: four to forty people, two or three agreements, and nothing approved yet."""
    random, (books, staff, cases) = Random(seed), _founded()
    copied = books.copy()
    few = random.sample(cases, min(MOST_PEOPLE, 4 + int(random.expovariate(1 / MORE))))
    if random.random() < LATE_YEARS:
        copied.pass_days((PENALTIES_SINCE - copied.today).days + random.randint(0, 60))
    oracle = Oracle()
    site = Site(copied, random, staff, few, oracle=oracle)
    oracle.hear(copied.paper.events)
    sign_some(site)
    return site


@cache
def _founded() -> tuple[OnPaper, Staff, list[UUID]]:
    """Begun once, and copied."""
    books = OnPaper()
    return books, *found(books, MOST_PEOPLE)


def found(books: Books, people: int) -> tuple[Staff, list[UUID]]:
    """A centre with its staff, and the cases of so many people, up to their studies."""
    random = Random(0)
    for step in (register_centre(), *register_entries(), *_suppliers(), *versions()):
        books.take(REGISTRY, step, ADMINISTRATOR)
    staff = Staff(
        _hired(books, Role.CASEWORKER, EXAMPLE.centre),
        _hired(books, Role.COORDINATOR, EXAMPLE.centre),
        _hired(books, Role.DIVISION),
        _hired(books, Role.DIVISION, label="second"),
    )
    return staff, [_studied(books, staff, random, number) for number in range(people)]


def _suppliers() -> Iterator[Step]:
    like = next(each for each in register_entries() if each.entry == EXAMPLE.supplier)
    for code in (*moves.SUPPLIERS, moves.HONEST):
        yield like.model_copy(update={"entry": code})


def _hired(books: Books, role: Role, centre: str | None = None, label: str = "first") -> Actor:
    post = register_staff(f"{role}-{label}", role, centre)
    *_, recorded = books.take(DIRECTORY, post, ADMINISTRATOR)
    assert isinstance(recorded.event, StaffRegistered)
    return Actor(id=recorded.event.staff_id, role=role, centre=centre)


def _studied(books: Books, staff: Staff, random: Random, number: int) -> UUID:
    person, case_id = uuid5(ROOT, f"person {number}"), uuid5(ROOT, f"case {number}")
    known = register_beneficiary(card=f"C{number:06}")
    if number % CHILDREN == 0:
        known = known.model_copy(update={"birth_date": BORN_LATE, "guardian": SISTER})
    books.take(stream_id(StreamKind.BENEFICIARY, person), known, staff.caseworker)
    way = Way(person, staff.caseworker.id, number=number)
    for step in (*way.to_release(), *way.to_submission()):
        if isinstance(step, s.ProposeProject):
            step = step.model_copy(update={"items": plans.drawn(random)})  # noqa: PLW2901 - it is that one
        if not isinstance(step, s.SubmitToSession):
            books.take(stream_id(StreamKind.CASE, case_id), step, staff.who(step))
    return case_id


def sign_some(site: Site) -> None:
    """Two or three agreements, with room and places for some of the people or for all.

    And the first session of each body that decides about them; two cohorts.
    """
    random, people = site.random, len(site.cases)
    for source in random.sample(plans.SOURCES, random.randint(2, 3)):
        agreement_id = site.new(StreamKind.AGREEMENT)
        envelope = random.randint(20_000, 30_000 * people)
        signed = sign_agreement(envelope=f"{envelope}.00", places=random.randint(2, people))
        ends_on = site.today + timedelta(days=random.randint(200, 1000))
        terms = {"funding_source": source, "indh_phase": None, "ends_on": ends_on}
        passed = site.take(moves.on_agreement(agreement_id, signed.model_copy(update=terms)))
        assert passed is not None
        site.agreements.append(agreement_id)
    for places in (1, 3):
        assert site.take(alongside.planned(site, places)) is not None
    for body in (DecidingBody.COMMITTEE, DecidingBody.COMMISSION):
        meets_on = site.today + timedelta(days=random.randint(5, 30))
        assert site.take(moves.scheduled(site, body, meets_on)) is not None
