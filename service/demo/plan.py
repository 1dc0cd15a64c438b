"""What the demo replays: four ceremonies, four agreements, 45 people, every date and sum.

Published: the ceremonies' days and places, 45 beneficiaries, 1,594,075.80 MAD in all.
Assumed: everything else, such as how people and money split, and that the start-up cash is
inside the published cost.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.values.money import CENTIME, total
from domain.values.trades import Trade
from service.demo.people import Person, person

PUBLISHED_COST = Decimal("1594075.80")
CASH_GRANT = Decimal("2500.00")
"""Assumed: the same for each, inside the published cost."""


@dataclass(frozen=True, slots=True)
class Handover:
    """One ceremony with the agreement that pays for it."""

    province: str
    city: str
    held_on: date
    centre: str
    code: str
    centre_fr: str
    centre_ar: str
    people: int
    """Assumed; only their sum is published."""


HANDOVERS = (
    Handover("taza", "Taza", date(2024, 7, 18), "fes", "FES", "Centre de Fès", "مركز فاس", 15),
    Handover("tarfaya", "Tarfaya", date(2024, 7, 25), "laayoune", "LAA",
             "Centre de Laâyoune", "مركز العيون", 8),
    Handover("midelt", "Midelt", date(2024, 7, 27), "meknes", "MEK",
             "Centre de Meknès", "مركز مكناس", 12),
    Handover("al-haouz", "Tahannaout", date(2024, 7, 29), "marrakech", "MRK",
             "Centre de Marrakech", "مركز مراكش", 10),
)  # fmt: skip

CATALOGUE: dict[Trade, tuple[tuple[str, str], ...]] = {
    Trade.SEWING: (("آلة خياطة صناعية", "16800"), ("آلة السرفلة", "11200")),
    Trade.EMBROIDERY: (("آلة الطرز", "21500"), ("مكواة بخارية بطاولتها", "5400")),
    Trade.HAIRDRESSING: (("كراسي هيدروليكية ومرايا", "18900"), ("مجففات الشعر", "9700")),
    Trade.PASTRY: (("فرن هوائي", "24800"), ("عجانة", "12300")),
    Trade.COOKING: (("موقد غاز", "17400"), ("منضدة مبردة", "14100")),
    Trade.CARPENTRY: (("آلة نجارة مركبة", "29500"), ("أدوات يدوية", "6200")),
    Trade.IRONWORK: (("جهاز لحام", "15600"), ("منشار وآلة ثني المعادن", "17300")),
    Trade.ELECTRICITY: (("أدوات الأسلاك واللوحات", "13900"), ("دراجة ثلاثية العجلات", "19800")),
    Trade.PAINTING: (("مرشة صباغة", "16100"), ("سقالة", "12700")),
    Trade.ALUMINIUM_JOINERY: (("منشار زاوي", "21400"), ("آلة نسخ الحفر", "13800")),
    Trade.PLUMBING: (("آلة لولبة الأنابيب ومكبس", "18200"), ("دراجة ثلاثية العجلات", "19800")),
    Trade.MECHANICS: (("رافعة بعمودين", "26900"), ("حقيبة تشخيص وأدوات", "11900")),
    Trade.FISH_TRADE: (("دراجة ثلاثية مبردة", "33600"), ("موازين وصناديق", "3900")),
    Trade.FOOD_RETAIL: (("ثلاجة عرض", "17700"), ("رفوف وموازين", "9800")),
    Trade.BEEKEEPING: (("خلايا نحل عامرة", "22400"), ("فرازة عسل وبذلات", "8800")),
}
"""What each trade is equipped with, as a centre writes it, and a rough price (MAD) that shares out the
sum.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of one person's equipment."""

    label: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part: where, what, and for how much."""

    person: Person
    handover: Handover
    lines: tuple[Line, ...]
    cash: Decimal

    @property
    def goods(self) -> Decimal:
        return total(line.price for line in self.lines)

    @property
    def cost(self) -> Decimal:
        return self.goods + self.cash


def shares() -> tuple[Share, ...]:
    """Everybody's part; together they cost the published sum to the centime."""
    placed = [handover for handover in HANDOVERS for _ in range(handover.people)]
    people = [person(number) for number in range(1, len(placed) + 1)]
    rough = [[Decimal(price) for _, price in CATALOGUE[who.trade]] for who in people]
    goods = PUBLISHED_COST - CASH_GRANT * len(people)
    factor = goods / sum((sum(prices) for prices in rough), Decimal(0))
    fair = [[(price * factor).quantize(CENTIME) for price in prices] for prices in rough]
    fair[-1][-1] += goods - total(price for prices in fair for price in prices)
    return tuple(
        Share(
            person=who,
            handover=handover,
            lines=tuple(
                Line(label, price)
                for (label, _), price in zip(CATALOGUE[who.trade], prices, strict=True)
            ),
            cash=CASH_GRANT,
        )
        for who, handover, prices in zip(people, placed, fair, strict=True)
    )


def envelope(handover: Handover, every: tuple[Share, ...]) -> Decimal:
    """The agreement's envelope (MAD), assumed: what its people cost, to the next 10,000."""
    step = Decimal(10_000)
    cost = total(share.cost for share in every if share.handover is handover)
    return (cost // step + 1) * step
