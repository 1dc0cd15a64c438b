"""The papers that a page offers to print: those its reader may, of what has come so far."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.message import Role
from service.access.table import QUERIES
from service.queries.papers_out.sheets import Collection as About
from service.queries.papers_out.table import A_ROUND, OF_A_THING
from service.queries.tracks.self_employment import SelfEmploymentAnswer

ROUND = "/papers-out/visit-sheets"


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper, by its name among the words of pages."""

    href: str
    word: str


def of_a_thing(
    collection: str, thing: UUID, role: Role, without: Collection[str] = ()
) -> list[PaperLink]:
    """What can be printed of a thing, but for what would say nothing yet."""
    return [
        PaperLink(f"/{collection}/{thing}/papers-out/{paper}", _word(printed.file))
        for paper, printed in OF_A_THING[About(collection)].items()
        if role in QUERIES[printed.name].who and paper not in without
    ]


def of_case(case: UUID, tracks: Iterable[SelfEmploymentAnswer], role: Role) -> list[PaperLink]:
    """An undertaking once something is approved, a slip once something has come in."""
    known = list(tracks)
    without = {"attestation"}  # each is listed by its number
    if not any(track.approved_on for track in known):
        without.add("undertaking")
    if not any(track.received_on or track.delivered_on for track in known):
        without.add("delivery-slip")
    return of_a_thing(About.CASES, case, role, without)


def of_a_round(caseworker: UUID, role: Role) -> list[PaperLink]:
    """The sheets of one's own round, for who visits; a coordinator's are the centre's."""
    if role not in QUERIES[A_ROUND.name].who:
        return []
    mine = f"?caseworker={caseworker}" if role is Role.CASEWORKER else ""
    return [PaperLink(f"{ROUND}{mine}", _word(A_ROUND.file))]


def _word(file: str) -> str:
    return f"paper_{file.replace('-', '_')}"
