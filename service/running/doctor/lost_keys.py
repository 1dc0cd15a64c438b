"""Keys that are gone though nobody was erased."""

from typing import cast
from uuid import UUID

from domain.message import StreamKind, name_of
from domain.staff.state import DIRECTORY, StaffState
from ledger.ledger import Ledger
from service.running.doctor.finding import Finding, Part, broken, well


def keys_of_everybody(ledger: Ledger) -> Finding:
    """Whether each person and each member of staff has a key, or was erased."""
    staff = cast("StaffState", ledger.state(DIRECTORY)).staff
    people = [UUID(name_of(stream)) for stream, _ in ledger.streams(StreamKind.BENEFICIARY)]
    lost = ledger.lost_keys([*staff, *people])
    colleagues = sum(1 for each in lost if each in staff)
    if not lost:
        found = f"of {len(people)} people and {len(staff)} staff: there, or destroyed"
        return well(Part.KEYS, found)
    return broken(
        Part.KEYS,
        f"lost: {len(lost) - colleagues} of {len(people)} people, "
        f"{colleagues} of {len(staff)} staff",
        "an older copy of the key store was brought back: bring back the newest one, then "
        "run `jisr rebuild views`",
    )
