"""With what somebody of the staff signs in, and the sheet by which they set a password."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from starlette.responses import Response

from domain.errors import Refused
from domain.staff.steps import InvitePassword
from service.access.table import require
from service.application import Ask
from service.console.failures import told_of
from service.console.pages.drawing import qr_of
from service.console.pages.kept import raised, told
from service.console.pages.known import known
from service.console.pages.noted import lead_to, said_at
from service.console.pages.signing_in import keep_language
from service.console.visit import Signed
from service.identity.passwords.codes import grouped
from service.identity.passwords.setting import Invited, invite
from service.problems.problem import Rejected
from service.queries.access_keys import list_access_keys
from service.queries.staff import StaffMember, get_staff_member
from service.words.language import Language
from service.words.store import words

INVITE = "invite-password"
SPOKEN = (Language.ARABIC, Language.FRENCH, Language.ENGLISH)
"""What a sheet says how to go on in: nobody knows yet what its reader reads."""
NOTHING_YET = "0" * 64
"""A digest that is made of the command."""


async def staff_member_page(visit: Signed) -> Response:
    """Also the sheet that was made a moment ago, or why none was."""
    require(visit.actor, INVITE)
    return await _told(visit, await said_at(visit))


async def send_sheet(visit: Signed) -> Response:
    """Invite them, and lead to the sheet; sent again it is the same one."""
    require(visit.actor, INVITE)
    member, form = await _member(visit), await visit.form()
    spoken = form.get("in_language", "")
    if spoken in set(Language):
        visit = replace(visit, language=Language(spoken))
    said: dict[str, Any] = {
        "name": form.get("name", "").strip(),
        "once": form.get("once") or uuid4().hex,
    }
    try:
        await _invited(visit, member, said)
    except ValidationError:
        said["unfit"] = True
    except Refused as error:
        said["why"] = told(error)
    response = await lead_to(visit, f"/staff/{member.staff_id}", said, _told)
    keep_language(visit, response, spoken)
    return response


async def _invited(visit: Signed, member: StaffMember, said: Mapping[str, Any]) -> Invited:
    """The same each time under the same key. Raises `ValidationError` for a name that is none."""
    step = InvitePassword(
        occurred_on=visit.today, staff_id=member.staff_id, name=said["name"], digest=NOTHING_YET
    )
    return await invite(visit.passwords, Ask(visit.actor, step, said["once"]))


async def _told(visit: Signed, said: Mapping[str, Any]) -> Response:
    member, name = await _member(visit), said.get("name", "")
    if "once" not in said:
        return await _shown(visit, member)
    if "unfit" in said:
        return await _shown(
            visit, member, words(visit.language).page["login_name_unfit"], name, 422
        )
    if "why" in said:
        why = told_of(raised(said["why"]), visit.language)
        return await _shown(visit, member, f"{why.title}. {why.help}", name, why.status)
    invited, house = await _invited(visit, member, said), visit.passwords.house
    address = f"{house.address or str(visit.request.base_url).rstrip('/')}/console/invitation"
    return visit.page(
        "sheet.html",
        staff_id=member.staff_id,
        once=said["once"],
        own=member.staff_id == visit.actor.id,
        invited=invited,
        code=grouped(invited.code),
        house=house,
        address=address,
        qr=qr_of(address),
        sentences={str(each): words(each).page["sheet_steps"] for each in SPOKEN},
    )


async def _member(visit: Signed) -> StaffMember:
    try:
        staff_id = UUID(visit.request.path_params["staff_id"])
    except ValueError:
        raise Rejected("page_not_found") from None
    return await visit.ask(get_staff_member, staff_id)


async def _shown(
    visit: Signed, member: StaffMember, failed: str = "", name: str = "", status: int = 200
) -> Response:
    staff = await visit.application.staff()
    keys = (await visit.ask(list_access_keys)).keys
    last = [p for p in staff.passwords.values() if p.staff_id == member.staff_id and p.name]
    return visit.page(
        "staff_member.html",
        status=status,
        member=member,
        label=member.label or str(member.staff_id),
        names=await known(visit),
        has_link=member.staff_id in staff.calendar_links,
        reached=member.staff_id in staff.reach,
        keys=[key for key in keys if key.staff_id == member.staff_id and key.opens],
        used=visit.application.last_uses(),
        name=name or (last[-1].name if last else _suggested(member.label or "")),
        failed=failed,
        once=uuid4().hex,
    )


def _suggested(label: str) -> str:
    """The label as it can be typed, where anything is left of it."""
    return re.sub(r"[^a-z0-9._-]+", "-", label.casefold()).strip("-._")[:40]
