"""What would follow from a step is read before it is taken: it is written down of whom it tells."""

from uuid import UUID

from domain.message import StreamKind, stream_id
from service.access.looking import foretold

CASE, PERSON = UUID(int=1), UUID(int=2)


def test_of_whom_a_step_would_record_something_is_read_when_it_is_foreseen() -> None:
    streams = (
        stream_id(StreamKind.CASE, CASE),
        stream_id(StreamKind.BENEFICIARY, PERSON),
        "registry/registry",
    )
    found = foretold("pause-case", streams, ())
    assert (found.cases, found.persons, found.alone) == ({CASE}, {PERSON}, True)
    assert not foretold("register-centre", streams[2:], ()).anybody
