"""Why something is asked for that takes two, in a word that the second person may read."""

from enum import StrEnum


class RequestGround(StrEnum):
    """It tells nothing of health or of prison: the free text beside it may, and is masked."""

    SAME_PERSON = "same_person"
    """Registered twice: the same paper, the same face."""
    TWO_PEOPLE = "two_people"
    WRONGLY_TOLD = "wrongly_told"
    PERSON_ASKS = "person_asks"
    KEPT_LONG_ENOUGH = "kept_long_enough"
    NOT_REACHED = "not_reached"
    OF_THE_PERSON = "of_the_person"
    """A reason of the person's own, which stands in the file."""
    OF_THE_HOUSE = "of_the_house"
    """No staff, no vehicle, no access."""
    GAVE_UP = "gave_up"
    NOT_POSSIBLE = "not_possible"
    """The project cannot go on as it was approved."""
    DEATH = "death"
