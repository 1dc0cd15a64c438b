"""Partners' systems: who is told of what, and the secret of one, to who asks for it outright."""

from dataclasses import replace

from starlette.responses import Response

from service.access.table import QUERIES
from service.console.showing.links import new
from service.console.visit import Signed
from service.queries.partners import get_partner, get_partner_secret, list_partners
from service.words.store import words

PATH = "/partners"
SECRET = f"{PATH}/{{partner}}/secret"


async def partners_page(visit: Signed) -> Response:
    """All, those first that are told of something."""
    found = (await visit.ask(list_partners)).partners
    return visit.page(
        "partners.html",
        partners=sorted(found, key=lambda each: (each.ended_on is not None, each.name)),
        steps=new(("register-partner",), visit.steps, visit.language),
    )


async def partner_page(visit: Signed) -> Response:
    return await _shown(visit, secret="")


async def partner_secret(visit: Signed) -> Response:
    """By a press and not by an address: nobody comes upon it by going back, or over a shoulder."""
    found = await visit.ask(get_partner_secret, visit.request.path_params["partner"])
    return await _shown(visit, secret=found.secret)


async def _shown(visit: Signed, secret: str) -> Response:
    found = await visit.ask(get_partner, visit.request.path_params["partner"])
    said = words(visit.language)
    steps = ("register-partner",) if found.ended_on else ("register-partner", "end-partner")
    may = visit.actor.role in QUERIES["get-partner-secret"].who
    return visit.page(
        "partner.html",
        it=found,
        hears=[said.of(each) for each in found.hears],
        secret=secret,
        may_see=may and found.ended_on is None,
        steps=[
            replace(each, href=f"{each.href}?partner={found.partner}")
            for each in new(steps, visit.steps, visit.language)
        ],
    )
