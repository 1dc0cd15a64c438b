"""An undertaking not to sell."""

from domain.values.money import NOTHING
from service.printing.setting.goods import listed
from service.printing.setting.speech import Told, day, free, money, of_code, person
from service.queries.papers_out.sheets import Undertaking


def undertaking(sheet: Undertaking) -> Told:
    return {
        "person": person(sheet.person),
        "identity": sheet.identity.number if sheet.identity else None,
        "address": free(sheet.address, "not_recorded"),
        "trade": of_code(sheet.trade) if sheet.trade else None,
        "items": [listed(each) for each in sheet.items],
        "equipment": money(sheet.equipment),
        "cash": money(sheet.cash) if sheet.cash > NOTHING else None,
        "on": day(sheet.signed_on),
    }
