"""The systems of partners that are told of something."""

from service.console.choices.asking import Choosing
from service.console.forms.questions import Options
from service.queries.partners import list_partners


async def partners(asked: Choosing) -> Options:
    found = await asked.visit.ask(list_partners)
    return {each.partner: each.name for each in found.partners if each.ended_on is None}
