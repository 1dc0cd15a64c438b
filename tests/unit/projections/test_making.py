"""What rows are made of when whole streams are folded."""

import itertools

import pytest

from domain.folds.order import BY_DAY
from domain.message import StreamKind
from projections.rebuilding.pieces import ranges
from projections.rebuilding.rebuild import STRETCHES
from projections.views.table import DERIVED, FOLLOWING


def test_what_follows_a_stream_follows_one_that_is_folded_whole_before_its_rows_are_made() -> None:
    """So nothing has to be amended when views are made anew."""
    assert FOLLOWING.keys() <= BY_DAY


def test_every_kind_of_stream_that_has_rows_is_made_and_people_first() -> None:
    made = tuple(itertools.chain(*STRETCHES))
    assert len(made) == len(set(made))
    assert set(made) >= {kind for kind, views in DERIVED.items() if views}
    assert made[:2] == (StreamKind.BENEFICIARY, StreamKind.AGREEMENT)


@pytest.mark.parametrize("many", [0, 1, 2, 3, 16, 250, 5000])
def test_ranges_leave_out_no_stream_and_share_none(many: int) -> None:
    found = ranges(StreamKind.CASE, many)
    assert len(found) == max(1, min(many, 4096))
    assert (found[0].first, found[-1].end) == ("case/", "case0")
    assert [each.end for each in found[:-1]] == [each.first for each in found[1:]]
    assert all(each.first < each.end for each in found)
    names = ("case/00", "case/7f3a", "case/ffff", "case/_", "case/~")
    for name in names:
        assert sum(each.first <= name < each.end for each in found) == 1
