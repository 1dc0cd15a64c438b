"""A case in neutral words, and what of it falls due."""

from collections.abc import Iterator

from domain.values.money import NOTHING
from projections.views.projects import ProjectFacts
from service.printing.setting.goods import listed
from service.printing.setting.speech import Told, day, figures, of_code, person, said
from service.queries.papers_out.sheets import DueReview, Summary, SummaryItem, SummaryTrack


def summary(sheet: Summary) -> Told:
    return {
        "person": person(sheet.person),
        "opened_on": day(sheet.opened_on),
        "closed": sheet.closed,
        "tracks": [_track(each) for each in sheet.tracks],
        "due": [due(each) for each in sheet.due],
    }


def due(review: DueReview) -> Told:
    return {
        "what": of_code(review.kind),
        "on": day(review.due_on),
        "until": day(review.window_end),
    }


def _track(track: SummaryTrack) -> Told:
    passed = [{"what": said(each.milestone), "on": day(each.on)} for each in track.passed]
    return {
        "trade": of_code(track.trade) if track.trade else None,
        "passed": passed,
        "money": list(_money(track.facts)) if track.facts else [],
        "items": [_item(each) for each in track.items],
    }


def _money(facts: ProjectFacts) -> Iterator[Told]:
    """What is nothing is not told."""
    amounts = {
        "estimated": facts.estimated,
        "own_part": facts.own_contribution,
        "granted": facts.equipment_amount,
        "granted_cash": facts.cash_grant,
        "goods_delivered": facts.goods_delivered,
        "cash_delivered": facts.cash_delivered,
    }
    for name, amount in amounts.items():
        if amount > NOTHING:
            yield {"what": said(name), "figures": figures(amount)}


def _item(item: SummaryItem) -> Told:
    return listed(item) | {"standing": of_code(item.condition or item.standing)}
