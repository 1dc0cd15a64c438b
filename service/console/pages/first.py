"""The first page of each role: what they came for."""

from starlette.responses import Response

from domain.message import Role
from service.console.pages.caseload import caseload_page
from service.console.pages.setup import setup_page
from service.console.visit import Signed


async def first_page(visit: Signed) -> Response:
    if visit.actor.role is Role.ADMINISTRATOR:
        return await setup_page(visit)
    return await caseload_page(visit)
