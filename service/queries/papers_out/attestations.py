"""An attestation on paper: word for word as it was issued, however often it is printed."""

from uuid import UUID

from domain.errors import Refused
from domain.values.calendar import local_date
from service.access.reader import Reading
from service.access.things import SeenCase
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import (
    AttestationSheet,
    Collection,
    Paper,
    Person,
    Printout,
)


def print_attestation(
    reading: Reading, case: SeenCase, attestation_id: UUID | None = None
) -> Printout:
    """One that stands; without an id the last. On a later day than it was recorded it is a copy.

    Raises `Refused`: `nothing_to_print`, `attestation_not_found`, `attestation_cancelled`.
    """
    position, known = position_of(reading), case.state.attestations
    if attestation_id is None:
        standing = [each for each in known.values() if each.cancelled is None]
        if not standing:
            raise Refused("nothing_to_print")
        told = standing[-1]
    elif attestation_id not in known:
        raise Refused("attestation_not_found")
    else:
        told = known[attestation_id]
    if told.cancelled is not None:
        raise Refused("attestation_cancelled")
    if told.kind is None:
        raise Refused("nothing_to_print")
    sheet = AttestationSheet(
        collection=Collection.CASES,
        thing_id=case.id,
        reference=case.state.reference,
        number=told.number,
        kind=told.kind,
        wording=told.wording,
        copied=reading.today > local_date(told.issued.known),
        person=Person(
            name_ar=told.name_ar, name_latin=told.name_latin, erased_on=None, key_lost=False
        ),
        known_since=told.known_since,
        for_whom=told.for_whom,
        purpose=told.purpose,
        training=told.training,
        followed_from=told.followed_from,
        followed_until=told.followed_until,
        issued_on=told.issued.on,
    )
    return printout(reading, Paper.ATTESTATION, position, [sheet])
