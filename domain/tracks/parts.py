"""What is entered in a case: its own parts and its tracks', in the order of one person's way."""

from domain.case import path as case
from domain.case.attestation.path import ATTESTATIONS
from domain.case.awaiting.path import AWAITING
from domain.case.consents.path import CONSENT
from domain.case.custody.path import CUSTODY
from domain.case.household.path import HOUSEHOLD
from domain.case.moving_rules.path import MOVING_RULES
from domain.case.noticed.path import REMINDERS
from domain.case.referral.path import REFERRAL
from domain.case.residence.path import RESIDENCE
from domain.case.support.path import SUPPORT
from domain.message import StreamKind
from domain.steps.handling import Handling
from domain.steps.naming import step_name
from domain.steps.table import Part
from domain.tracks.employment import path as employment
from domain.tracks.opening import OPENING
from domain.tracks.requests import REQUESTS
from domain.tracks.schooling import path as schooling
from domain.tracks.self_employment import path as self_employment
from domain.tracks.training.leaving import leaving_places
from domain.tracks.vocational_training import path as vocational_training

_PARTS = (
    case.INTAKE,
    CUSTODY,
    case.NEEDS_AND_PLAN,
    OPENING,
    vocational_training.APPLICATION,
    self_employment.TRAINING,
    self_employment.PROJECT_APPROVAL,
    self_employment.EQUIPMENT_DELIVERY,
    self_employment.FOLLOW_UP,
    employment.EMPLOYMENT,
    SUPPORT,
    AWAITING,
    HOUSEHOLD,
    ATTESTATIONS,
    schooling.SCHOOL,
    CONSENT,
    Part(case.ANYWHERE.name, (*case.ANYWHERE.rows, MOVING_RULES)),
    REMINDERS,
    RESIDENCE,
    REFERRAL,
    REQUESTS,
)

PARTS = tuple(leaving_places(part) for part in _PARTS)

ENTERED: dict[str, Handling] = {
    step_name(row.step): row for part in PARTS for row in part.rows if row.kind is StreamKind.CASE
}
"""The rows of all that is entered in a case, by their steps' names."""
