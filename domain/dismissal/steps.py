"""The steps on a finding."""

from uuid import UUID

from domain.dismissal.vocabulary import DismissedBecause
from domain.message import LongText, ShortText, Step


class DismissFinding(Step):
    """Dismiss a finding, by what came of looking at it. What is recorded stays as it is.

    It holds for the entries that the finding rests on now; one that comes to it later opens it again.
    """

    because: DismissedBecause
    explanation: LongText


class ReopenFinding(Step):
    """Take back that a finding was dismissed: it is to be looked at again."""

    explanation: LongText


class ForgetFinding(Step):
    """Forget what was written of a finding: somebody whom it was about is erased."""


class NoteKeyUsedOnce(Step):
    """Note that an access key was used for one step soon after its issue, and not again."""

    key_id: UUID
    staff_id: UUID
    issued: int
    taken: int
    taken_in: ShortText


class NoteKeyUsedAgain(Step):
    """Note that another step was taken with it since."""

    key_id: UUID
