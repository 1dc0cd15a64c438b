"""What the person asked about their data, where they are erased: it is answered first, and so is this.

Once they are erased nothing can be shown, corrected or answered any more. Their own request to be
erased is granted by the erasure, in the same commit.
"""

from collections.abc import Iterator

from domain.beneficiary.family import family
from domain.beneficiary.rights.events import DataRequestAnswered
from domain.beneficiary.rights.vocabulary import DataRequestAnswer, DataRequestKind
from domain.beneficiary.state import BeneficiaryState
from domain.errors import Refused
from domain.steps.handling import World


def require_answered(world: World) -> None:
    """Raises `Refused` while they wait for another answer."""
    for _, person in family(world):
        for each in person.data_requests.values():
            if each.waits and each.kind is not DataRequestKind.ERASE:
                raise Refused("data_request_waits", date=str(each.on))


def granted_with(
    person: BeneficiaryState, kind: DataRequestKind = DataRequestKind.ERASE
) -> Iterator[DataRequestAnswered]:
    """Of those who asked for what is done."""
    for name, each in person.data_requests.items():
        if each.waits and each.kind is kind:
            yield DataRequestAnswered(
                data_request_id=name, kind=each.kind, answer=DataRequestAnswer.GRANTED
            )
