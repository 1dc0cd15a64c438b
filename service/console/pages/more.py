"""What does not fit into the bar of a phone; and the names, put away or shown again."""

from starlette.responses import Response

from service.console.pages.signing_in import local
from service.console.visit import HIDDEN, NAMES_COOKIE, Signed
from service.identity.sign_ins.store import LONGEST


async def more_page(visit: Signed) -> Response:
    return visit.page("more.html")


async def hide_names(visit: Signed) -> Response:
    """Put the names away, or show them again, and come back to the very same page."""
    form = await visit.form()
    response = visit.redirect(local(form.get("back", "")))
    if form.get("names") == HIDDEN:
        visit.keep_cookie(response, NAMES_COOKIE, HIDDEN, int(LONGEST.total_seconds()))
    else:
        response.delete_cookie(NAMES_COOKIE, path=visit.cookie_path)
    return response
