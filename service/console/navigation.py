"""Where the reader can go from every page: by role, in order, an entry coming with its page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.message import FieldClass, Role
from service.access.table import FIELDS, QUERIES

FIRST = 4
"""So many entries stand in the bar of a phone; the others are behind *More*."""
MORE = "/more"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be gone to from every other."""

    name: str
    """Of the words of pages; and of its picture."""
    path: str
    query: str
    """Who may ask this may go there."""
    below: tuple[str, ...] = ()
    """Other beginnings of addresses that stand under it."""

    def holds(self, here: str) -> bool:
        """Whether a page stands under this entry."""
        path = here.partition("?")[0]
        if path in (self.path, *self.below):
            return True
        return any(path.startswith(f"{each}/") for each in (self.path, *self.below) if each != "/")


TODAY = Entry("today", "/", "list-tasks", ("/matters", "/prison-day", "/visit-round"))
CALENDAR = Entry("calendar", "/calendar", "list-agenda")
INBOX = Entry("inbox", "/inbox", "list-inbox")
OUTBOX = Entry("outbox", "/outbox", "list-outbox")
MY_CASES = Entry("my_cases", "/cases", "list-cases", ("/found", "/beneficiaries"))
CASES = replace(MY_CASES, name="caseload")
AGREEMENTS = Entry("agreements", "/agreements", "list-agreements")
CEREMONIES = Entry("ceremonies", "/ceremonies", "list-ceremonies")
COHORTS = Entry("cohorts", "/cohorts", "list-cohorts")
SESSIONS = Entry("sessions", "/sessions", "list-sessions")
ORDERS = Entry("orders", "/orders", "list-orders")
REQUESTS = Entry("requests", "/requests", "list-requests")
PRIVACY = Entry("privacy", "/privacy", "list-data-requests")
REFERRALS = Entry("referrals", "/referrals", "list-referrals")
COMPLAINTS = Entry("complaints", "/complaints", "list-complaints")
RECEPTIONS = Entry("receptions", "/receptions", "list-receptions")
BATCHES = Entry("batches", "/batches", "list-batches")
TEAM = Entry("team", "/team", "get-team")
CHECKS = Entry("checks", "/", "list-checks", ("/checks",))
FINDINGS = Entry("findings", "/findings", "list-findings")
ANY_HISTORY = Entry("any_history", "/replay", "get-staff-history")
WHO_LOOKED = Entry("who_looked", "/who-looked", "list-readings")
PROOF = Entry("proof", "/proof", "list-checkpoints")
EXPORTS = Entry("exports", "/exports", "get-event-log")
STAFF = Entry("staff", "/staff", "list-staff", ("/partners",))
REGISTRY = Entry("registry", "/registry", "list-registry-entries", ("/centres", "/rules"))
SETUP = Entry("setup", "/", "get-setup")

HOUSE = (STAFF, REGISTRY)
FURTHER = (BATCHES, FINDINGS, PRIVACY, COMPLAINTS, RECEPTIONS, OUTBOX, *HOUSE)

OF: Mapping[Role, tuple[Entry, ...]] = {
    Role.CASEWORKER: (
        TODAY,
        MY_CASES,
        INBOX,
        CALENDAR,
        CEREMONIES,
        COHORTS,
        ORDERS,
        REQUESTS,
        REFERRALS,
        AGREEMENTS,
        SESSIONS,
        RECEPTIONS,
        PRIVACY,
        COMPLAINTS,
        BATCHES,
        OUTBOX,
        STAFF,
        REGISTRY,
    ),
    Role.COORDINATOR: (
        TODAY,
        CASES,
        TEAM,
        INBOX,
        CALENDAR,
        AGREEMENTS,
        CEREMONIES,
        REQUESTS,
        REFERRALS,
        SESSIONS,
        ORDERS,
        COHORTS,
        *FURTHER,
    ),
    Role.DIVISION: (
        *(
            TODAY,
            CASES,
            INBOX,
            SESSIONS,
            AGREEMENTS,
            CEREMONIES,
            REQUESTS,
            REFERRALS,
            ORDERS,
            COHORTS,
        ),
        *FURTHER,
    ),
    Role.AUDITOR: (
        *(
            CHECKS,
            FINDINGS,
            ANY_HISTORY,
            WHO_LOOKED,
            PROOF,
            EXPORTS,
            CASES,
            AGREEMENTS,
            CEREMONIES,
            SESSIONS,
            ORDERS,
            COHORTS,
            REQUESTS,
            REFERRALS,
        ),
        *(PRIVACY, COMPLAINTS, RECEPTIONS, OUTBOX),
        *HOUSE,
    ),
    Role.ADMINISTRATOR: (SETUP, STAFF, REGISTRY),
}
"""The first is the role's first page."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry, as a page shows it."""

    name: str
    path: str
    current: bool
    first: bool
    """Whether it stands in the bar of a phone."""


def entries(role: Role, here: str) -> Iterator[Link]:
    """What the reader may go to, in order."""
    allowed = [each for each in OF.get(role, ()) if role in QUERIES[each.query].who]
    for order, entry in enumerate(allowed):
        yield Link(entry.name, entry.path, entry.holds(here), order < FIRST)


def reads_people(role: Role) -> bool:
    """Whether they get to read who somebody is."""
    return role in QUERIES["get-beneficiary"].who and FieldClass.PERSONAL in FIELDS[role]


def may_search(role: Role) -> bool:
    """Whether the find box is theirs: who may not read names may not find out by searching."""
    return role in QUERIES["search-cases"].who and reads_people(role)
