"""What the demo says of the printed figures."""

from service.demo.plan import HANDOVERS, PUBLISHED_COST
from service.demo.report import Report, compare
from service.demo.said import as_typed


def test_every_figure_holds_where_the_ceremonies_are_written_as_the_demo_writes_them() -> None:
    people = sum(each.people for each in HANDOVERS)
    held = [
        {"city": as_typed(each.city), "held_on": str(each.held_on), "status": "held"}
        for each in HANDOVERS
    ]
    total = {"people": people, "total": str(PUBLISHED_COST)}
    none = dict.fromkeys(("provinces", "sexes", "trades", "sessions"), ())
    report = Report(total=total, ceremonies=held, visits={}, lines={}, **none)
    assert [each.figure.id for each in compare(report) if not each.holds] == []
    without = Report(total=total, ceremonies=[], visits={}, lines={}, **none)
    assert [each.found for each in compare(without) if not each.holds] == ["not held"] * len(held)
