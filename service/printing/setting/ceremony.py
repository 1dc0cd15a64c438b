"""A ceremony's list and minutes."""

from collections.abc import Mapping

from service.printing.setting.goods import listed
from service.printing.setting.slip import place
from service.printing.setting.speech import (
    Told,
    day,
    figures,
    money,
    neutral,
    of_code,
    person,
    province,
)
from service.queries.ceremonies import LineStanding
from service.queries.papers_out.sheets import CeremonySheet, ListedLine

GROUPS: Mapping[LineStanding, str] = {
    LineStanding.LISTED: "waiting",
    LineStanding.READY: "waiting",
    LineStanding.TOLD: "told",
    LineStanding.ABSENT: "absent",
    LineStanding.REPLACED: "replaced",
    LineStanding.LATER: "later",
}
"""Under which heading of the minutes a line stands."""


def ceremony(sheet: CeremonySheet) -> Told:
    return {
        "on": day(sheet.site.held_on) if sheet.site else None,
        "place": place(sheet.site) if sheet.site else [],
        "province": province(sheet.province),
        "presided_by": neutral(sheet.presided_by),
        "attended": [neutral(each) for each in sheet.attended],
        "lines": [_line(each) for each in sheet.lines],
        "goods": money(sheet.goods),
        "cash": money(sheet.cash),
    }


def _line(line: ListedLine) -> Told:
    return {
        "reference": line.reference,
        "person": person(line.person),
        "state": of_code(line.state),
        "group": GROUPS[line.state],
        "items": [listed(each)["label"] for each in line.items],
        "cash_grant": figures(line.cash_grant) if line.cash_grant else None,
        "goods": figures(line.goods),
        "cash": figures(line.cash),
    }
