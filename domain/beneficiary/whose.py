"""Whose a person is: nobody takes them over by opening a case."""

from domain.beneficiary.state import BeneficiaryState
from domain.errors import NotAllowed
from domain.registry.state import RegistryState


def require_followed_in(centre: str, person: BeneficiaryState, registry: RegistryState) -> None:
    """Raises `NotAllowed` for a case in `centre` about a person who is another centre's.

    It says the name of the centre that can refer them, and nothing of the person. One whom no
    centre registered is the first's who opens a case.
    """
    owner = person.centre
    if owner is None or owner == centre:
        return
    known = registry.centres.get(owner)
    raise NotAllowed(
        "person_of_another_centre",
        centre=owner,
        centre_fr=known.name_fr if known else owner,
        centre_ar=known.name_ar if known else owner,
    )
