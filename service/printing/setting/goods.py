"""Items, as lines of a paper have them."""

from service.printing.setting.speech import Told, count, free
from service.queries.papers_out.sheets import SlipItem


def listed(item: SlipItem) -> Told:
    return {
        "number": count(item.item),
        "label": free(item.label),
        "quantity": count(item.quantity),
        "serials": list(item.serials),
        "handed": item.handed,
    }
