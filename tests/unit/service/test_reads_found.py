"""What finds readings is made again from them, and an act says that it was another."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from domain.upkeep.vocabulary import Act, Fact
from ledger.ledger import Ledger
from ledger.reads.log import ReadLog
from service.running import reads_found
from service.running.reads_found import mend


class Log:
    """Says once where its index differed."""

    def __init__(self, *differing: int) -> None:
        self.differing = [*differing]

    def mend(self) -> list[int]:
        found, self.differing = self.differing, []
        return found


def test_an_act_says_from_which_reading_on_and_nothing_is_said_where_all_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acts = list[tuple[Act, Mapping[Fact, Any]]]()
    monkeypatch.setattr(reads_found, "record_act", lambda _, *act: acts.append(act))
    log = cast("ReadLog", Log(7, 9))
    assert mend(cast("Ledger", None), log) == 2
    ((act, facts),) = acts
    assert (act, facts[Fact.OF], facts[Fact.EVENTS]) == (Act.CHECKED, 7, 2)
    assert mend(cast("Ledger", None), log) == 0
    assert len(acts) == 1
