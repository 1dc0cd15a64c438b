"""The trades a project or a training is in, by sector."""

from enum import StrEnum


class Sector(StrEnum):
    CRAFTS = "crafts"
    BUILDING = "building"
    SERVICES = "services"
    FOOD_AND_TRADE = "food_and_trade"
    FARMING = "farming"


class Trade(StrEnum):
    SEWING = "sewing"
    EMBROIDERY = "embroidery"
    ENGRAVING = "engraving"
    CARPENTRY = "carpentry"
    ALUMINIUM_JOINERY = "aluminium_joinery"
    IRONWORK = "ironwork"
    WELDING = "welding"
    PLASTERING = "plastering"
    PAINTING = "painting"
    TRADITIONAL_CRAFTS = "traditional_crafts"
    MECHANICS = "mechanics"
    PRINTING = "printing"
    BUILDING = "building"
    ELECTRICITY = "electricity"
    PLUMBING = "plumbing"
    HAIRDRESSING = "hairdressing"
    AESTHETICS = "aesthetics"
    COMPUTER_TYPING = "computer_typing"
    COOKING = "cooking"
    PASTRY = "pastry"
    CATERING = "catering"
    FOOD_RETAIL = "food_retail"
    FISH_TRADE = "fish_trade"
    FARMING = "farming"
    BEEKEEPING = "beekeeping"


_BY_SECTOR: dict[Sector, tuple[Trade, ...]] = {
    Sector.BUILDING: (Trade.BUILDING, Trade.ELECTRICITY, Trade.PLUMBING),
    Sector.SERVICES: (Trade.HAIRDRESSING, Trade.AESTHETICS, Trade.COMPUTER_TYPING),
    Sector.FOOD_AND_TRADE: (
        Trade.COOKING,
        Trade.PASTRY,
        Trade.CATERING,
        Trade.FOOD_RETAIL,
        Trade.FISH_TRADE,
    ),
    Sector.FARMING: (Trade.FARMING, Trade.BEEKEEPING),
}
_SECTOR_OF = {trade: sector for sector, trades in _BY_SECTOR.items() for trade in trades}


def sector_of(trade: Trade) -> Sector:
    """The sector a trade is counted under; what no other claims is a craft."""
    return _SECTOR_OF.get(trade, Sector.CRAFTS)
