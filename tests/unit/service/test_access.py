"""Who may do what is said in one table, and what it does not name is denied."""

from uuid import UUID

import pytest
from fastapi.routing import APIRoute

from domain.commands import HANDLINGS, STEPS, step_name
from domain.errors import NotAllowed
from domain.message import Actor, FieldClass, Role
from service.access import table as access
from service.api.app import create_app


def somebody(role: Role, centre: str | None = None) -> Actor:
    return Actor(id=UUID(int=7), role=role, centre=centre)


def names_of_routes() -> list[str]:
    routes = (route for route in create_app().routes if isinstance(route, APIRoute))
    return [route.operation_id or route.path for route in routes]


def test_every_route_is_named_in_the_table_and_every_name_has_a_route() -> None:
    named = [*access.STEPS, *access.QUERIES, *access.SENDING]
    named += [*access.PUBLIC, *access.LOOPBACK_OR_ADMINISTRATOR]
    assert sorted(names_of_routes()) == sorted(set(named) - access.FOR_PAGES)
    assert len(set(named)) == len(named)


def test_every_step_but_the_timers_is_exposed_to_just_the_roles_of_the_domain() -> None:
    assert STEPS.keys() - access.STEPS.keys() == {
        *("record-reminder", "record-batch-lines", "halt-batch", "note-partner-gone"),
        *(
            "record-act",
            "forget-finding",
            "note-key-used-once",
            "note-key-used-again",
            "repeat-erasure",
            "repeat-complaint-erasure",
        ),
    }
    for step, handling in HANDLINGS.items():
        if step_name(step) in access.STEPS:
            assert access.STEPS[step_name(step)].who == handling.who - {Role.TIMER}


@pytest.mark.parametrize("role", list(Role))
def test_what_is_not_granted_is_denied(role: Role) -> None:
    for name, row in {**access.STEPS, **access.QUERIES, **access.SENDING}.items():
        if role in row.who:
            access.require(somebody(role), name)
        else:
            with pytest.raises(NotAllowed):
                access.require(somebody(role), name)
    with pytest.raises(NotAllowed):
        access.require(somebody(role), "no-such-thing")


def test_auditors_take_no_step_but_to_have_seen_and_administrators_read_no_case() -> None:
    by_auditors = [step for step, row in access.STEPS.items() if Role.AUDITOR in row.who]
    assert by_auditors == [
        *("acknowledge-notices", "accept-invitation", "change-password"),
        *("change-reach", "end-reach", "end-calendar-link"),
        *("dismiss-finding", "reopen-finding"),
    ]
    theirs = {"list-staff", "get-staff-history", "list-centres", "get-registry-history"}
    theirs |= {"get-staff-member", "get-centre", "list-registry-entries", "get-registry-entry"}
    theirs |= {"search-registry", "find-similar-entries"}
    theirs |= {"list-places", "get-setup", "list-upkeep", "get-upkeep-history"}
    theirs |= {"get-me", "get-own-reach", "get-receipt"}
    theirs |= {"list-delegations", "list-left-cases"}
    theirs |= {"list-partners", "get-partner", "get-partner-secret"}
    theirs |= {"list-checkpoints", "get-checkpoint", "get-consistency"}
    theirs |= {"get-event-proof", "get-receipt-proof", "check-proof"}
    theirs |= {"list-rules", "get-rules", "count-cases-by-rules"}
    theirs |= {"list-access-keys", "get-access-key", "list-own-access-keys"}
    assert theirs == {name for name, row in access.QUERIES.items() if Role.ADMINISTRATOR in row.who}


def test_centre_staff_see_their_centre_only() -> None:
    caseworker = somebody(Role.CASEWORKER, "taza")
    access.require_centre(caseworker, "taza")
    for centre in ("midelt", None):
        with pytest.raises(NotAllowed, match="other_centre"):
            access.require_centre(caseworker, centre)
    with pytest.raises(NotAllowed):
        access.centre_bound(somebody(Role.COORDINATOR))
    access.require_centre(somebody(Role.AUDITOR), "midelt")


def test_the_timer_has_no_reach() -> None:
    with pytest.raises(NotAllowed):
        access.centre_bound(somebody(Role.TIMER))


def test_only_those_who_work_with_people_and_auditors_read_personal_fields() -> None:
    readers = {role for role, classes in access.FIELDS.items() if FieldClass.PERSONAL in classes}
    assert readers == {Role.CASEWORKER, Role.COORDINATOR, Role.AUDITOR}
