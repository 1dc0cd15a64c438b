"""The paper of a session: its list, and what was decided; of those lines that the reader may read."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID

from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import total
from projections.views import sessions
from service.access.reader import Reading
from service.access.scope import case_shown
from service.access.things import SeenSession
from service.queries.naming import said_of
from service.queries.papers_out.goods import Told, projects_told
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import (
    Collection,
    Named,
    Paper,
    Person,
    Printout,
    SessionLine,
    SessionSheet,
)
from service.queries.sessions import get_session


def print_session_list(reading: Reading, session: SeenSession) -> Printout:
    """What is put to it, with what each asks for, and what was decided of it."""
    position = position_of(reading)
    found = get_session(reading, session)
    told = projects_told(reading, {line.project_id for line in found.lines if line.reference})
    sheet = SessionSheet(
        collection=Collection.SESSIONS,
        thing_id=session.id,
        reference=None,
        body=found.body,
        committee=Named.of(said_of(reading, found.committee, found.meets_on)),
        region=found.region,
        meets_on=found.meets_on,
        minutes=found.minutes,
        lines=tuple(_lines(reading, found.lines, told)),
    )
    return printout(reading, Paper.SESSION_LIST, position, [sheet])


def _lines(
    reading: Reading, lines: tuple[sessions.ListedLine, ...], told: Mapping[UUID, Told]
) -> Iterator[SessionLine]:
    for line in sorted(lines, key=lambda each: (each.reference is None, each.reference or "")):
        yield _line(reading, line, told.get(line.project_id))


def _line(reading: Reading, line: sessions.ListedLine, told: Told | None) -> SessionLine:
    if line.reference:
        reading.saw_cases.add(line.case_id)
    granted = told.state.granted.get(line.agreement_id) if told else None
    approved = granted if line.decision and granted else None
    return SessionLine(
        reference=line.reference,
        person=Person(
            name_ar=line.name_ar, name_latin=line.name_latin, erased_on=None, key_lost=False
        ),
        trade=told.state.trade if told else None,
        appeal=line.appeal,
        asked=_asked(told) if told else None,
        recommended=_recommended(reading, line) if told else None,
        decision=line.decision,
        equipment=approved.equipment if approved else None,
        cash=approved.cash if approved else None,
    )


def _asked(told: Told) -> Decimal:
    """Of all that are to pay beside the holder, with the cash to begin with."""
    items = total(item.asked for item in told.state.items.values() if not item.dropped)
    return items + told.state.start_up_cash


def _recommended(reading: Reading, line: sessions.ListedLine) -> Decimal | None:
    """By the study."""
    tracks = case_shown(reading.ledger, line.case_id).tracks.values()
    own = (each for each in tracks if isinstance(each, SelfEmployment))
    return next((each.recommended for each in own if each.project_id == line.project_id), None)
