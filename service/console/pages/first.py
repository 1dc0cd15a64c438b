"""The first page of each role: what they came for."""

from starlette.responses import Response

from domain.message import Role
from service.console.pages.checks import checks_page
from service.console.pages.setup import setup_page
from service.console.pages.today import today_page
from service.console.visit import Signed


async def first_page(visit: Signed) -> Response:
    match visit.actor.role:
        case Role.ADMINISTRATOR:
            return await setup_page(visit)
        case Role.AUDITOR:
            return await checks_page(visit)
    return await today_page(visit)
