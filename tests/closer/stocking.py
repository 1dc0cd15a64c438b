"""What an ended approval left in stock goes to somebody else, drawn by chance."""

from collections.abc import Iterator
from uuid import UUID

from domain.order import steps as o
from domain.order.state import Line
from tests.closer import moves
from tests.closer.moves import WHY, on_order
from tests.closer.site import TODAY, Site, Try


def in_stock(site: Site, order_id: UUID) -> Iterator[tuple[int, Line]]:
    """The lines that nobody's approval stands for any more."""
    for number, line in site.order(order_id).lines.items():
        if line.is_open and not stands_for(site, order_id, number, line):
            yield number, line


def stands_for(site: Site, order_id: UUID, number: int, line: Line) -> bool:
    project = site.project_named(line.project_id)
    item = project.items[line.item]
    standing = item.in_hands if item.delivered else project.approved
    return (item.order_id, item.line) == (order_id, number) and standing


def out_of_stock(site: Site, order_id: UUID) -> Try | None:
    """To somebody else, or into the inventory; None where nothing is in stock."""
    stock = list(in_stock(site, order_id))
    if not stock:
        return None
    number, line = site.random.choice(stock)
    keep = o.KeepInInventory(occurred_on=TODAY, lines=(number,), explanation=WHY)
    given = None if site.random.random() < 0.1 else _assigned(site, order_id, number, line)
    return given or on_order(order_id, keep)


def _assigned(site: Site, order_id: UUID, number: int, line: Line) -> Try | None:
    """To somebody who waits for a thing, and whose project the same agreement approved."""
    random = site.random
    for case_id in random.sample(site.cases, len(site.cases)):
        track = site.track(case_id)
        approvals = [track.approvals.get(each) for each in line.parts]
        waiting = moves.to_order(site, case_id) if all(approvals) else []
        session_id = approvals[0].session_id if waiting and approvals[0] else None
        if session_id is not None and track.project_id is not None and track.undertaking:
            return on_order(
                order_id,
                o.AssignLine(
                    occurred_on=TODAY,
                    line=number,
                    project_id=track.project_id,
                    item=random.choice(waiting),
                    session_id=session_id,
                ),
            )
    return None
