"""The paper that says that somebody was erased: to be handed to whoever asked for it."""

from domain.errors import Refused
from service.access.reader import Reading
from service.access.things import SeenPerson
from service.queries.erasing.looking import get_erasure
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import CertificateSheet, Collection, Paper, Printout


def print_erasure_certificate(reading: Reading, person: SeenPerson) -> Printout:
    """It names nobody: who it is about writes their name on it. Raises `Refused("nothing_to_print")`."""
    position, found = position_of(reading), get_erasure(reading, person)
    done = found.done
    if done is None:
        raise Refused("nothing_to_print")
    sheet = CertificateSheet(
        collection=Collection.PEOPLE,
        thing_id=person.id,
        reference=found.leaves[-1].reference if found.leaves else None,
        erased_on=done.erased_on,
        asked_on=done.asked_on,
        asked_by=done.asked_by,
        confirmed_by=done.confirmed_by,
        entry=done.position,
        key_destroyed=done.key_destroyed,
        takes=found.takes,
        leaves=found.leaves,
        outside=found.outside,
    )
    return printout(reading, Paper.ERASURE_CERTIFICATE, position, [sheet])
