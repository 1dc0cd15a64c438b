"""A form of consent: each purpose by itself, for the person or their guardian to tick and sign."""

from domain.case.consents.vocabulary import Purpose
from service.access.reader import Reading
from service.access.things import SeenCase
from service.queries.papers_out.people import person_of, registered
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import Collection, ConsentSheet, Paper, Printout


def print_consent_form(reading: Reading, case: SeenCase) -> Printout:
    """A minor's guardian signs, and is told anyway: that purpose is not asked of a minor."""
    position, minor = position_of(reading), case.state.is_minor(reading.today)
    known = registered(reading, case.state)
    came_of_age = case.state.minor_until is not None and not minor
    sheet = ConsentSheet(
        collection=Collection.CASES,
        thing_id=case.id,
        reference=case.state.reference,
        person=person_of(reading, case.state),
        identity=known.identity if known else None,
        minor=minor,
        guardian=known.guardian.name if known and known.guardian else None,
        purposes=tuple(
            each for each in Purpose if came_of_age or each is not Purpose.THROUGH_GUARDIAN
        ),
    )
    return printout(reading, Paper.CONSENT_FORM, position, [sheet])
