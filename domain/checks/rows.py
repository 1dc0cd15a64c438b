"""What stands in a row, so many times, with nothing else between."""

from collections.abc import Callable, Iterator, Sequence

from domain.message import Recorded


def in_a_row(
    events: Sequence[Recorded], belongs: Callable[[Recorded], bool], many: int
) -> Iterator[list[Recorded]]:
    """Each stretch of at least so many that belong, whole."""
    row: list[Recorded] = []
    for each in events:
        if belongs(each):
            row.append(each)
            continue
        if len(row) >= many:
            yield row
        row = []
    if len(row) >= many:
        yield row
