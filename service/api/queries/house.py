"""Staff, centres, places, the ledger as a whole, and the asker's own standing."""

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Path
from starlette.responses import Response

from domain.values.codes import EntryKind
from projections.views.entry_search import Naming, Search
from projections.views.entry_totals import Filters as TotalsOf
from projections.views.registry import BY_CODE, Filters
from service.api.asking import Asker, add_query
from service.api.parameters import (
    AtLeast,
    EntryAlike,
    HistoryPoint,
    NewEntry,
    ReceiptOf,
    RegistryFilters,
    RegistrySearch,
    RegistrySought,
    ServingFilters,
    TotalsFilters,
    stretch_of,
)
from service.api.steps.answers import StepAnswer
from service.queries import (
    access_keys,
    me,
    own_calendar,
    own_reach,
    registry,
    registry_names,
    setup,
    staff,
    upkeep,
)
from service.queries.histories import get_registry_history, get_staff_history
from service.queries.history import History

TAG = "office"
CentreName = Annotated[str, Path(max_length=60, examples=["taza"])]
EntryCode = Annotated[str, Path(max_length=60, examples=["supplier-taza"])]


async def list_staff(asker: Asker) -> Response:
    """Who works here; a centre's own staff see their centre's."""
    return await asker.answer(staff.list_staff)


async def staff_member(asker: Asker, staff_id: UUID) -> Response:
    """One of those who work here."""
    return await asker.answer(staff.get_staff_member, staff_id)


async def staff_history(asker: Asker, given: HistoryPoint) -> Response:
    """Every event of the directory of staff and keys, and the directory at any moment."""
    return await asker.answer(get_staff_history, stretch_of(given))


async def list_centres(asker: Asker, given: ServingFilters) -> Response:
    """The centres and the provinces each serves, and since when; or those that serve a province.

    `on`: on that day, by what was changed for days up to it; today where it is not given.
    """
    return await asker.answer(registry.list_centres, given.province, given.on)


async def centre(asker: Asker, centre: CentreName) -> Response:
    """A centre and the provinces it serves."""
    return await asker.answer(registry.get_centre, centre)


async def list_registry_entries(asker: Asker, kind: EntryKind, given: RegistryFilters) -> Response:
    """Prisons, committees, schools, suppliers or the like, by code: what steps name by it."""
    await asker.caught_up(given.at_least)
    part = given.part(BY_CODE, total=given.total)
    filters = Filters(kind=kind, **given.filters)
    return await asker.answer(registry.list_registry_entries, filters, part)


async def registry_entry(
    asker: Asker, kind: EntryKind, entry: EntryCode, given: AtLeast
) -> Response:
    """One of these, with its names, where it lies, and from when to when steps may name it."""
    await asker.caught_up(given.at_least)
    return await asker.answer(registry_names.get_registry_entry, kind, entry)


async def search_registry(asker: Asker, given: RegistrySought) -> Response:
    """Entries of the registry by their name, however it is spelled, in either script.

    A name that one had before, and that of one merged into it, are names of it too.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(registry_names.search_registry, Search(**given.filters))


async def similar_entries(asker: Asker, given: EntryAlike) -> Response:
    """Entries with a name like that of one about to be registered: look before you register it."""
    await asker.caught_up(given.at_least)
    return await asker.answer(registry_names.find_similar_entries, Naming(**given.filters))


async def registry_totals(asker: Asker, kind: EntryKind, given: TotalsFilters) -> Response:
    """What entries of a kind come to: a supplier's orders and money, whom the others took.

    A centre's own staff are told of their centre's cases. Entries that were merged count together.
    """
    await asker.caught_up(given.at_least)
    filters = TotalsOf(kind=kind, **given.filters)
    return await asker.answer(registry_names.get_registry_totals, filters)


async def registry_history(asker: Asker, given: HistoryPoint) -> Response:
    """Every event of centres, their catchments and all else that is registered; and the registry
    at any moment.
    """
    return await asker.answer(get_registry_history, stretch_of(given))


async def list_places(asker: Asker) -> Response:
    """Morocco's regions, provinces and prefectures, and from when to when each was in force."""
    return await asker.answer(registry.list_places)


async def list_upkeep(asker: Asker) -> Response:
    """What was done to the ledger as a whole: losses, its clock, and who finished an upgrade; and what
    operators did to the engine, such as making views anew or replacing a key.
    """
    return await asker.answer(upkeep.list_upkeep)


async def get_setup(asker: Asker) -> Response:
    """What is there of all that it takes before people can work: centres, staff, agreements."""
    return await asker.answer(setup.get_setup)


async def list_access_keys(asker: Asker) -> Response:
    """All access keys that were issued: whose, until when, by whom, and when last used."""
    return await asker.answer(access_keys.list_access_keys)


async def access_key(asker: Asker, key_id: UUID) -> Response:
    """One access key: whose, until when, by whom, and when last used."""
    return await asker.answer(access_keys.get_access_key, key_id)


async def list_own_access_keys(asker: Asker) -> Response:
    """The access keys in your own name: have one revoked that you know nothing of."""
    return await asker.answer(access_keys.list_own_access_keys)


async def get_me(asker: Asker) -> Response:
    """Who you are here, what you may do, and the notices you have still to see."""
    return await asker.answer(me.get_me)


async def get_own_reach(asker: Asker) -> Response:
    """How you are reached besides your inbox: language, addresses, channels."""
    return await asker.answer(own_reach.get_own_reach)


async def get_own_calendar(asker: Asker, given: AtLeast) -> Response:
    """What falls due in your cases within a year, by references: what your calendar link opens."""
    await asker.caught_up(given.at_least)
    return await asker.answer(own_calendar.get_own_calendar)


async def get_receipt(asker: Asker, idempotency_key: str, of: ReceiptOf) -> Response:
    """What became of a step you sent under this key.

    Answers what the step answered, word for word. A step that was answered 503 may still come
    to be recorded: then this is answered `nothing_recorded`, with `sent_by` and `seconds`. Asked
    with that `sent_by` after so many seconds, it answers the step's answer or `never_recorded`.
    """
    return await asker.answer(me.get_receipt, idempotency_key, of.sent_by)


def add_house_queries(app: FastAPI) -> None:
    add_query(app, "list-staff", "/v1/staff", TAG, list_staff, staff.StaffList)
    add_query(app, "list-centres", "/v1/centres", TAG, list_centres, registry.CentreList)
    add_query(app, "get-staff-history", "/v1/staff/history", TAG, staff_history, History)
    add_query(app, "get-registry-history", "/v1/registry/history", TAG, registry_history, History)
    path, page = "/v1/registry/{kind}", registry.RegistryPage
    add_query(app, "list-registry-entries", path, TAG, list_registry_entries, page)
    path += "/{entry}"
    add_query(app, "get-registry-entry", path, TAG, registry_entry, registry_names.EntryAnswer)
    path, found = "/v1/registry/search", registry_names.FoundEntries
    add_query(app, "search-registry", path, TAG, search_registry, found, RegistrySearch)
    path = "/v1/registry/similar"
    add_query(app, "find-similar-entries", path, TAG, similar_entries, found, NewEntry)
    path, sums = "/v1/registry-totals/{kind}", registry_names.TotalsAnswer
    add_query(app, "get-registry-totals", path, TAG, registry_totals, sums)
    path = "/v1/staff/{staff_id}"
    add_query(app, "get-staff-member", path, TAG, staff_member, staff.StaffMember)
    add_query(app, "get-centre", "/v1/centres/{centre}", TAG, centre, registry.Centre)
    add_query(app, "list-places", "/v1/places", TAG, list_places, registry.PlaceList)
    add_query(app, "list-upkeep", "/v1/upkeep", TAG, list_upkeep, upkeep.Upkeep)
    add_query(app, "get-setup", "/v1/setup", TAG, get_setup, setup.Setup)
    path, answer = "/v1/access-keys", access_keys.AccessKeyList
    add_query(app, "list-access-keys", path, TAG, list_access_keys, answer)
    path, one = "/v1/access-keys/{key_id}", access_keys.IssuedAccessKey
    add_query(app, "get-access-key", path, TAG, access_key, one)
    path, own = "/v1/me/keys", access_keys.OwnAccessKeyList
    add_query(app, "list-own-access-keys", path, TAG, list_own_access_keys, own)
    add_query(app, "get-me", "/v1/me", TAG, get_me, me.Me)
    add_query(app, "get-own-reach", "/v1/me/reach", TAG, get_own_reach, own_reach.OwnReach)
    path, days = "/v1/me/calendar", own_calendar.OwnCalendar
    add_query(app, "get-own-calendar", path, TAG, get_own_calendar, days)
    path = "/v1/receipts/{idempotency_key:path}"
    add_query(app, "get-receipt", path, TAG, get_receipt, StepAnswer)
