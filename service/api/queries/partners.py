"""Partners' systems, which are told by webhook of what happens."""

from typing import Annotated

from fastapi import FastAPI, Path
from starlette.responses import Response

from service.api.asking import Asker, add_query
from service.queries import partners

TAG = "office"
Code = Annotated[str, Path(max_length=60, examples=["anapec-taza"])]


async def list_partners(asker: Asker) -> Response:
    """The systems of partners: where each is told of what, and which ended."""
    return await asker.answer(partners.list_partners)


async def get_partner(asker: Asker, partner: Code) -> Response:
    """One partner's system."""
    return await asker.answer(partners.get_partner, partner)


async def get_partner_secret(asker: Asker, partner: Code) -> Response:
    """The secret by which a partner's system knows what comes from here.

    It stays the same until another is asked for (`register-partner`).
    """
    return await asker.answer(partners.get_partner_secret, partner)


def add_partner_queries(app: FastAPI) -> None:
    path = "/v1/partners"
    add_query(app, "list-partners", path, TAG, list_partners, partners.PartnerList)
    path += "/{partner}"
    add_query(app, "get-partner", path, TAG, get_partner, partners.PartnerAnswer)
    path += "/secret"
    add_query(app, "get-partner-secret", path, TAG, get_partner_secret, partners.PartnerSecret)
