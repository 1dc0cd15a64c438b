"""The sums of a plan of finance while it is typed: what does not agree, and what is over a ceiling."""

from decimal import Decimal

from domain.rules import NEWEST, FundingSource, HolderKind
from service.console.hand_made.plan_of_finance import Limit, Plan, plan_typed
from service.console.hand_made.project import amiss
from service.words.language import Language

INCOME, REGION = FundingSource.INDH_INCOME, FundingSource.REGION


def typed(*items: dict[str, str], cash: str = "") -> Plan:
    fields = {
        f"items.{row}.{name}": text for row, item in enumerate(items) for name, text in item.items()
    }
    return plan_typed(fields | {"start_up_cash": cash})


def mad(*sums: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, sums))


def limit(plan: Plan, holder: HolderKind = HolderKind.PERSON) -> Limit:
    (found,) = plan.limits(NEWEST.ceilings, holder)
    return found


def test_what_the_holder_does_not_bring_is_one_agreements_where_no_source_is_named() -> None:
    plan = typed({"estimated": "21 500,50", "own_cash": "1000", "own_in_kind": "٥٠٠"}, cash="2000")
    assert (plan.open, plan.own, plan.cost) == (
        Decimal("20000.50"),
        Decimal("1500.00"),
        Decimal("21500.50"),
    )
    assert (plan.whole, plan.asked) == (Decimal("23500.50"), Decimal("22000.50"))
    assert plan.lines[0].agrees


def test_rows_and_columns_are_summed_by_who_pays() -> None:
    plan = typed(
        {"estimated": "1000", "sources.indh_income.amount": "600", "own_cash": "400"},
        {"estimated": "500", "sources.indh_income.amount": "300", "sources.region.amount": "200"},
    )
    assert plan.payers == (INCOME, REGION)
    assert (plan.of(INCOME), plan.of(REGION), plan.open) == mad("900", "200", "0")
    assert [each.agrees for each in plan.lines] == [True, True]


def test_parts_that_do_not_come_to_the_price_are_said_at_their_row() -> None:
    plan = typed(
        {"estimated": "1000", "own_cash": "1200"},
        {"estimated": "1000", "own_cash": "100", "sources.region.amount": "500"},
        {"estimated": "1000", "own_cash": "1000"},
        {"label": "no price yet", "own_cash": "5"},
    )
    assert [each.too_much - each.too_little for each in plan.lines[:3]] == [
        *mad("200", "-400", "0")
    ]
    said = [*amiss(plan, Language.ENGLISH)]
    assert [each.name for each in said] == ["items.0.estimated", "items.1.estimated"]
    assert "200" in said[0].text
    assert "400" in said[1].text


def test_what_cannot_be_read_counts_as_nothing() -> None:
    assert typed({"estimated": "much", "own_cash": "1,500"}).cost == 0


def test_a_ceiling_is_of_the_items_and_the_cash_in_whole_dirhams() -> None:
    within = limit(typed({"estimated": "1000.50", "own_cash": "400.50"}))
    assert (within.most, within.asked, within.over) == mad("600", "600", "0")
    assert within.holds
    over = limit(typed({"estimated": "1000.50", "own_cash": "400.50"}, cash="100"))
    assert (over.most, over.asked, over.over) == mad("660", "700", "40")


def test_no_more_than_the_rules_amount_whatever_the_project_costs() -> None:
    dear = typed(
        {"estimated": "600000", "sources.indh_income.amount": "250000", "own_cash": "350000"}
    )
    assert (limit(dear).most, limit(dear).over) == mad("100000", "150000")
    assert limit(dear, HolderKind.COOPERATIVE).holds


def test_half_of_the_own_part_may_be_in_kind() -> None:
    plan = typed({"estimated": "1000", "own_cash": "100", "own_in_kind": "400"})
    assert (limit(plan).most_in_kind, limit(plan).over_in_kind) == mad("250", "150")


def test_a_ceiling_is_said_where_its_source_pays_or_could() -> None:
    assert limit(typed({"estimated": "1000"})).named is False
    by_region = typed({"estimated": "1000", "sources.region.amount": "1000"})
    assert [*by_region.limits(NEWEST.ceilings, HolderKind.PERSON)] == []


def test_the_cash_is_not_counted_to_a_source_where_another_could_give_it() -> None:
    item = {
        "estimated": "1000",
        "sources.region.amount": "400",
        "sources.indh_income.amount": "600",
    }
    assert limit(typed(item, cash="500")).asked == 600
