"""Keys that were announced to somebody, on their first page until they say that they have seen it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from starlette.responses import Response

from domain.staff.steps import AcknowledgeNotices
from domain.values.calendar import local_date
from service.application import Ask
from service.console.pages.known import known
from service.console.visit import Signed
from service.problems.problem import Rejected
from service.queries.me import get_me
from service.queries.notices import Notice

SEEN = "/console/notices/seen"


@dataclass(frozen=True, slots=True)
class Announced:
    """What stands there, and what the form sends when it was seen."""

    notices: tuple[Notice, ...]
    seen: tuple[UUID, ...]
    centres: Mapping[str, str]
    """Their names by their codes."""
    once: str
    """The form's idempotency key: pressed twice, it is recorded once."""


async def announced_to(visit: Signed) -> Announced:
    """What whoever is signed in has still to see."""
    found = (await visit.ask(get_me)).notices
    seen = tuple(notice.notice_id for notice in found if notice.notice_id)
    centres = (await known(visit)).centres if found else {}
    return Announced(found, seen, centres, uuid4().hex)


async def notices_seen(visit: Signed) -> Response:
    """Record that they were seen, and show the first page again."""
    form = await visit.request.form()
    try:
        notices = tuple(UUID(str(each)) for each in form.getlist("notice"))
        today = local_date(datetime.now(UTC))
        step = AcknowledgeNotices(occurred_on=today, notices=notices)
    except ValueError:
        raise Rejected("page_not_found") from None
    await visit.take(Ask(visit.actor, step, str(form.get("once") or uuid4().hex)))
    return visit.redirect("/")
