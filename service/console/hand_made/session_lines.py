"""A session's list as its minutes go through it: which line is at hand, which comes next."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from domain.errors import JisrError, NotAllowed
from service.console.showing.session import FileLine, Onlooker, file_lines
from service.console.showing.session_sums import Sums, sums_of
from service.console.visit import Signed
from service.queries.agreements import Agreement, get_agreement
from service.queries.sessions import Session, get_session


def onlooker(visit: Signed) -> Onlooker:
    return Onlooker(visit.actor.role, frozenset(visit.steps), visit.today, visit.language)


@dataclass(frozen=True, slots=True)
class Minutes:
    """A session as its reader may see it."""

    session: Session
    lines: Sequence[FileLine]
    sums: Sequence[Sums]

    @property
    def decided(self) -> int:
        return sum(bool(each.decision) for each in self.lines)

    @property
    def waiting(self) -> int:
        return len(self.lines) - self.decided

    @property
    def next(self) -> FileLine | None:
        """The first line that waits for the reader."""
        return self.after(None)

    def line(self, case_id: UUID, agreement_id: UUID) -> FileLine | None:
        named = (case_id, agreement_id)
        return next(
            (each for each in self.lines if (each.case_id, each.agreement_id) == named), None
        )

    def after(self, line: FileLine | None) -> FileLine | None:
        """The next line that waits for the reader; from the first on again after the last."""
        at = line.number if line else 0
        ordered = [*self.lines[at:], *self.lines[: max(at - 1, 0)]]
        return next((each for each in ordered if each.step is not None), None)

    def sums_under(self, agreement_id: UUID) -> Sums | None:
        return next((each for each in self.sums if each.agreement_id == agreement_id), None)


async def minutes_of(visit: Signed, session_id: UUID) -> Minutes:
    """Raises what says that there is no such session for the reader."""
    session = await visit.ask(get_session, session_id)
    agreements = await _agreements(visit, session)
    return Minutes(
        session, file_lines(session, onlooker(visit)), [*sums_of(session.lines, agreements)]
    )


async def _agreements(visit: Signed, session: Session) -> list[Agreement]:
    """Under which the files are put, those whose totals the reader may read."""
    found = []
    for each in dict.fromkeys(line.agreement_id for line in session.lines):
        with suppress(NotAllowed):
            found.append(await visit.ask(get_agreement, each))
    return found


async def minutes_if_any(visit: Signed, session_id: UUID | None) -> Minutes | None:
    if session_id is None:
        return None
    with suppress(JisrError):
        return await minutes_of(visit, session_id)
    return None
