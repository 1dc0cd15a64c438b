"""A delivery slip."""

from service.printing.setting.goods import listed
from service.printing.setting.speech import Told, day, free, money, neutral, of_code, person
from service.queries.papers_out.sheets import Site, Slip


def slip(sheet: Slip) -> Told:
    site = sheet.site
    return {
        "person": person(sheet.person),
        "identity": sheet.identity.number if sheet.identity else None,
        "minor": bool(sheet.minor),
        "guardian": free(sheet.guardian) if sheet.guardian else None,
        "trade": of_code(sheet.trade) if sheet.trade else None,
        "place": place(site) if site else None,
        "on": day(sheet.handed_on or (site.held_on if site else None)),
        "items": [listed(each) for each in sheet.items],
        "cash": money(sheet.cash) if sheet.cash is not None else None,
    }


def place(site: Site) -> list[Told]:
    """The site and the town, as they were typed."""
    return [neutral(each) for each in (site.name, site.city) if each]
