"""When access keys were last used stands beside the ledger, and is never set back."""

from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

from ledger.following.uses import Uses
from tests.integration.ledger.place import Opener

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EARLIER = NOON.replace(hour=9)


def test_the_last_use_of_each_key_is_kept(opened: Opener) -> None:
    ledger, (one, other) = opened(), (uuid4(), uuid4())
    with closing(Uses(ledger.feed.tracking())) as uses:
        assert uses.last() == {}
        for key, at in ((one, EARLIER), (one, NOON), (one, EARLIER), (other, EARLIER)):
            uses.note(key, at)
    with closing(Uses(ledger.feed.tracking())) as again:
        assert again.last() == {one: NOON, other: EARLIER}
    assert ledger.head() == 0
