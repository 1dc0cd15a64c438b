"""The words of a case, as codes; their translations are the service's."""

from enum import StrEnum


class Route(StrEnum):
    """How a person comes into the programme."""

    DETENTION = "detention"
    AFTER_RELEASE = "after_release"
    WITHOUT_DETENTION = "without_detention"


class Stage(StrEnum):
    """The stages on the rail, in order; a case's own is derived, never recorded."""

    DETENTION = "detention"
    RELEASE = "release"
    TRAINING = "training"
    PROJECT_APPROVAL = "project_approval"
    EQUIPMENT_DELIVERY = "equipment_delivery"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class TrackKind(StrEnum):
    """The kinds of tracks; each has its folder in `domain/tracks`."""

    SELF_EMPLOYMENT = "self_employment"
    VOCATIONAL_TRAINING = "vocational_training"
    EMPLOYMENT = "employment"
    SCHOOLING = "schooling"


class TrackEnd(StrEnum):
    """How a track ended."""

    COMPLETED = "completed"
    GIVEN_UP = "given_up"
    IMPOSSIBLE = "impossible"
    BY_DECISION = "by_decision"


class GoalProgress(StrEnum):
    """How far a step towards a goal of the plan is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    GIVEN_UP = "given_up"


class DeathKnownBy(StrEnum):
    """How the house knows of a death."""

    FAMILY = "family"
    CERTIFICATE = "certificate"
    AUTHORITIES = "authorities"
    HOSPITAL = "hospital"
    PRISON = "prison"
    OTHER = "other"


class Criterion(StrEnum):
    VULNERABILITY = "vulnerability"
    CONDUCT = "conduct"
    WILL = "will"


class EducationLevel(StrEnum):
    LITERACY = "literacy"
    NON_FORMAL = "non_formal"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNIVERSITY = "university"
    VOCATIONAL = "vocational"


class EducationResult(StrEnum):
    ONGOING = "ongoing"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"


class NeedArea(StrEnum):
    ACCOMMODATION = "accommodation"
    DOCUMENTS_AND_FINANCE = "documents_and_finance"
    EDUCATION_SKILLS_WORK = "education_skills_work"
    FAMILY_AND_COMMUNITY = "family_and_community"
    HEALTH = "health"
    DEPENDENCY = "dependency"
    ATTITUDES = "attitudes"


class NeedStatus(StrEnum):
    NO_NEED = "no_need"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    MET = "met"
    DECLINED = "declined"


class Channel(StrEnum):
    VISIT_IN_PRISON = "visit_in_prison"
    AT_CENTRE = "at_centre"
    HOME_VISIT = "home_visit"
    PHONE = "phone"
    MESSAGE = "message"


class ContactOutcome(StrEnum):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    THROUGH_RELATIVE = "through_relative"


class ContactMadeBy(StrEnum):
    """From whom a contact came."""

    CENTRE = "centre"
    PERSON = "person"
    RELATIVE = "relative"


class Outcome(StrEnum):
    """How a case closes."""

    PROJECT_RUNNING = "project_running"
    PROJECT_STOPPED = "project_stopped"
    EMPLOYED = "employed"
    IN_TRAINING = "in_training"
    IN_SCHOOL = "in_school"
    NEEDS_MET = "needs_met"
    PARTLY_ACHIEVED = "partly_achieved"
    DISENGAGED = "disengaged"
    LOST_CONTACT = "lost_contact"
    TRANSFERRED = "transferred"
    LEFT_COUNTRY = "left_country"
    INELIGIBLE = "ineligible"
    WITHDREW_CONSENT = "withdrew_consent"
    RETURNED_TO_DETENTION = "returned_to_detention"
    DECEASED = "deceased"
    OPENED_IN_ERROR = "opened_in_error"
    ERASED = "erased"
    """A backup had it open, and its person was erased since: how it had ended, nobody knows any more."""
