"""Whose session it is that decides under an agreement: of which body, and of which territory."""

from datetime import date

from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.registry.state import RegistryState
from domain.rules import DecidingBody, Rules
from domain.session.state import SessionState
from domain.steps.checks import known, not_after, not_before
from domain.values.places import inside, places_of_region


def require_deciding(
    session: SessionState,
    agreement: AgreementState,
    registry: RegistryState,
    day: date,
    rules: Rules,
) -> None:
    """Raises `Refused` unless it stands, meets on that day or later, and decides for the agreement."""
    if not session.exists:
        raise Refused("session_not_found")
    if session.cancelled:
        raise Refused("session_cancelled")
    source = agreement.funding_source
    body = rules.bodies.get(source) if source else None
    if body not in (None, session.body):
        raise Refused("session_of_another_body")
    where = _places_of(session, registry)
    if where and where.isdisjoint(known(agreement.territory).places):
        raise Refused("session_of_another_territory")
    not_before(day, session.begun_on)
    not_after(day, session.meets_on)


def _places_of(session: SessionState, registry: RegistryState) -> frozenset[str]:
    """What the body decides about; nothing for the commission, which decides everywhere.

    Nor for a region of before September 2015: which provinces it had is not known.
    """
    if session.body is DecidingBody.REGION:
        return places_of_region(session.region)
    entry = registry.entries.get(registry.goes_by(session.committee or ""))
    return inside((entry.province,)) if entry and entry.province else frozenset()
