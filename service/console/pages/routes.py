"""Which page stands at which address."""

from collections.abc import MutableMapping
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from domain.errors import JisrError
from service.api.edge.forwarded import path_within
from service.api.problems import Answer
from service.console.doors import Endpoint, open_to_all, signed_in
from service.console.failures import failed
from service.console.navigation import MORE
from service.console.pages import (
    account,
    batch_lists,
    batches,
    calendar_link,
    calls,
    checks,
    complaints,
    matters,
    papers,
    partners,
    proof,
    receptions,
    rounds,
    rules,
    saving,
    signing_in,
    staff,
    who_looked,
)
from service.console.pages.address import KINDS
from service.console.pages.agenda import PATH as CALENDAR
from service.console.pages.agenda import agenda_page
from service.console.pages.agreements import agreement_page, agreements_page
from service.console.pages.announced import SEEN, notices_seen
from service.console.pages.attendance import (
    attendance_page,
    attendance_today,
    record_attendance,
)
from service.console.pages.case import case_page
from service.console.pages.caseload import PATH as CASES
from service.console.pages.caseload import caseload_page, found_page, search
from service.console.pages.ceremony import ceremonies_page, ceremony_page
from service.console.pages.cohorts import cohort_page, cohorts_page
from service.console.pages.custody import custody_page
from service.console.pages.drafts import DRAFTS, draft_page, drafts_page, throw_away
from service.console.pages.erasure import erasure_page
from service.console.pages.exports import PATH as EXPORTS
from service.console.pages.exports import exports_page, send_export
from service.console.pages.findings import PATH as FINDINGS
from service.console.pages.findings import finding_page, findings_page
from service.console.pages.first import first_page
from service.console.pages.gallery import GALLERY, gallery_page
from service.console.pages.histories import QUERIES, history_of
from service.console.pages.history import history_page
from service.console.pages.holding import hold_page, say_missed
from service.console.pages.house import CENTRES, STAFF, centre_page, staff_page
from service.console.pages.inbox import PATH as INBOX
from service.console.pages.inbox import inbox_page
from service.console.pages.invitation import invitation_page, send_invitation
from service.console.pages.listing import people_page
from service.console.pages.live import live
from service.console.pages.looked_at import PATH as LIVE
from service.console.pages.more import hide_names, more_page
from service.console.pages.orders import order_page, orders_page, stock_page
from service.console.pages.outbox import AGAIN, outbox_page, send_messages_again
from service.console.pages.outbox import PATH as OUTBOX
from service.console.pages.papers_out import (
    attendance_sheet,
    attestation,
    paper,
    papers_of_case,
    printed_paper,
    round_of_visits,
)
from service.console.pages.person import person_page, show_number
from service.console.pages.privacy import PATH as PRIVACY
from service.console.pages.privacy import privacy_page
from service.console.pages.receipt import RECEIPTS, sent_page
from service.console.pages.referrals import referrals_page
from service.console.pages.registry import entry_page, registry_page, search_page
from service.console.pages.reminder_lives import reminder_lives_page
from service.console.pages.replay import PATH as REPLAY
from service.console.pages.replay import any_history_page, replay_page
from service.console.pages.requests import answer_request, requests_page
from service.console.pages.retention import PATH as RETENTION
from service.console.pages.retention import retention_page
from service.console.pages.saved import PATH as SAVED
from service.console.pages.sessions import session_page, sessions_page
from service.console.pages.steps import send_step, step_form
from service.console.pages.team import PATH as TEAM
from service.console.pages.team import team_page
from service.console.pages.whole_record import whole_record
from service.console.rendering import Static
from service.console.showing.entries import REGISTRY
from service.console.visit import recognised, visit_of

GET, POST = "GET", "POST"
HTML = b"text/html"


def _papers_of(keeper: papers.Keeper) -> tuple[tuple[str, str, Endpoint], ...]:
    """What stands before any step's own form, which a paper has not."""
    thing = f"/{keeper.collection}/{{name}}"
    path, step = f"{thing}/papers", f"{thing}/steps/{{step}}"
    return (
        (GET, path, signed_in(papers.list_page(keeper))),
        (POST, path, signed_in(papers.attach(keeper))),
        (GET, f"{path}/{{paper}}", signed_in(papers.file(keeper))),
        (POST, f"{path}/{{paper}}/withdrawal", signed_in(papers.withdraw(keeper))),
        *(
            (GET, step.format(name="{name}", step=each), signed_in(papers.to_list(keeper)))
            for each in (keeper.attaching, keeper.withdrawing)
        ),
    )


PAGES: tuple[tuple[str, str, Endpoint], ...] = (
    (GET, "/", signed_in(first_page)),
    (GET, CALENDAR, signed_in(agenda_page)),
    (GET, LIVE, open_to_all(live)),
    (POST, SAVED, signed_in(saving.save)),
    (POST, f"{SAVED}/{{saved}}", signed_in(saving.forget)),
    (GET, CASES, signed_in(caseload_page)),
    (GET, TEAM, signed_in(team_page)),
    (GET, matters.PATH, signed_in(matters.matters_page)),
    (GET, rounds.PRISONS, signed_in(rounds.prison_day_page)),
    (GET, rounds.VISITS, signed_in(rounds.visit_round_page)),
    (POST, "/found", signed_in(search)),
    (GET, "/found/{name}", signed_in(found_page)),
    (GET, "/cases/{case_id}", signed_in(case_page)),
    (GET, "/cases/{case_id}/custody", signed_in(custody_page)),
    (GET, "/cases/{case_id}/history", signed_in(history_page)),
    (GET, "/cases/{case_id}/reminders", signed_in(reminder_lives_page)),
    (GET, EXPORTS, signed_in(exports_page)),
    (POST, EXPORTS, signed_in(send_export)),
    (GET, REPLAY, signed_in(any_history_page)),
    (GET, f"{REPLAY}/{{kind}}", signed_in(replay_page)),
    (GET, f"{REPLAY}/{{kind}}/{{name}}", signed_in(replay_page)),
    (GET, "/beneficiaries/{beneficiary_id}", signed_in(person_page)),
    (POST, "/beneficiaries/{beneficiary_id}/number", signed_in(show_number)),
    (GET, "/beneficiaries/{beneficiary_id}/erasure", signed_in(erasure_page)),
    (GET, "/beneficiaries/{beneficiary_id}/record.zip", signed_in(whole_record)),
    (GET, FINDINGS, signed_in(findings_page)),
    (GET, who_looked.PATH, signed_in(who_looked.who_looked_page)),
    (
        GET,
        "/beneficiaries/{beneficiary_id}/readings",
        signed_in(who_looked.person_readings_page),
    ),
    (GET, f"{FINDINGS}/{{finding_id}}", signed_in(finding_page)),
    (GET, checks.PATH, signed_in(checks.checks_page)),
    (POST, checks.PATH, signed_in(checks.run_check)),
    (GET, proof.PATH, signed_in(proof.proof_page)),
    (POST, proof.PATH, signed_in(proof.compare_proof)),
    (GET, f"{proof.PATH}/checkpoints/{{number}}", signed_in(proof.checkpoint_page)),
    (GET, f"{proof.EVENT}/{{position}}", signed_in(proof.event_proof_page)),
    (GET, "/cases/{case_id}/proof", signed_in(proof.case_proof_page)),
    (GET, f"{RECEIPTS}/{{key}}/proof", signed_in(proof.receipt_proof_page)),
    (GET, "/sessions", signed_in(sessions_page)),
    (GET, "/sessions/{session_id}", signed_in(session_page)),
    (GET, "/agreements", signed_in(agreements_page)),
    (GET, "/agreements/{agreement_id}", signed_in(agreement_page)),
    (GET, "/agreements/{agreement_id}/stock", signed_in(stock_page)),
    (GET, "/orders", signed_in(orders_page)),
    (GET, "/orders/{order_id}", signed_in(order_page)),
    (GET, "/referrals", signed_in(referrals_page)),
    (GET, PRIVACY, signed_in(privacy_page)),
    (GET, RETENTION, signed_in(retention_page)),
    (GET, "/requests", signed_in(requests_page)),
    (POST, "/requests", signed_in(answer_request)),
    (GET, batches.PATH, signed_in(batches.batches_page)),
    (GET, f"{batches.PATH}/new", signed_in(batches.new_page)),
    (POST, f"{batches.PATH}/new", signed_in(batches.prepare)),
    (POST, f"{batches.PATH}/list", signed_in(batch_lists.choose)),
    (GET, f"{batches.PATH}/{{batch_id}}", signed_in(batches.batch_page)),
    (POST, f"{batches.PATH}/{{batch_id}}", signed_in(batches.press)),
    (GET, f"{batches.PATH}/{{batch_id}}/refused.csv", signed_in(batches.refused_file)),
    (GET, "/ceremonies", signed_in(ceremonies_page)),
    (GET, "/ceremonies/{ceremony_id}", signed_in(ceremony_page)),
    (GET, "/ceremonies/{ceremony_id}/people", signed_in(people_page)),
    (GET, "/ceremonies/{ceremony_id}/hold", signed_in(hold_page)),
    (POST, "/ceremonies/{ceremony_id}/hold", signed_in(say_missed)),
    (GET, "/cohorts", signed_in(cohorts_page)),
    (GET, "/cohorts/{cohort_id}", signed_in(cohort_page)),
    (GET, "/cohorts/{cohort_id}/attendance", signed_in(attendance_today)),
    (GET, "/cohorts/{cohort_id}/attendance/{day}", signed_in(attendance_page)),
    (POST, "/cohorts/{cohort_id}/attendance/{day}", signed_in(record_attendance)),
    (GET, "/cohorts/{cohort_id}/attendance/{day}/sheet", signed_in(attendance_sheet)),
    (GET, complaints.PATH, signed_in(complaints.complaints_page)),
    (GET, f"{complaints.PATH}/{{complaint_id}}", signed_in(complaints.complaint_page)),
    (GET, receptions.PATH, signed_in(receptions.receptions_page)),
    (GET, calls.PATH, signed_in(calls.calls_page)),
    (GET, STAFF, signed_in(staff_page)),
    (GET, REGISTRY, signed_in(registry_page)),
    (POST, REGISTRY, signed_in(search_page)),
    (GET, rules.PATH, signed_in(rules.rules_page)),
    (GET, partners.PATH, signed_in(partners.partners_page)),
    (GET, f"{partners.PATH}/{{partner}}", signed_in(partners.partner_page)),
    (POST, partners.SECRET, signed_in(partners.partner_secret)),
    (GET, f"{REGISTRY}/{{kind}}/{{entry}}", signed_in(entry_page)),
    (GET, f"{CENTRES}/{{centre}}", signed_in(centre_page)),
    *(each for keeper in papers.KEEPERS for each in _papers_of(keeper)),
    *(
        (method, path, signed_in(page))
        for path in ("/steps/{step}", *(f"/{each}/{{name}}/steps/{{step}}" for each in KINDS))
        for method, page in ((GET, step_form), (POST, send_step))
    ),
    (GET, f"{RECEIPTS}/{{key}}", signed_in(sent_page)),
    (GET, DRAFTS, signed_in(drafts_page)),
    (GET, f"{DRAFTS}/{{key}}", signed_in(draft_page)),
    (POST, f"{DRAFTS}/{{key}}", signed_in(throw_away)),
    (GET, "/cases/{case_id}/papers-out", signed_in(papers_of_case)),
    (GET, "/cases/{case_id}/attestations/{attestation_id}", signed_in(attestation)),
    (GET, "/papers-out/visit-sheets", signed_in(round_of_visits)),
    (GET, "/{collection}/{thing_id}/papers-out/{paper}", signed_in(paper)),
    (GET, "/p/{collection}/{thing_id}", signed_in(printed_paper)),
    (GET, "/console/sign-in", open_to_all(signing_in.sign_in_page)),
    (POST, "/console/sign-in", open_to_all(signing_in.sign_in)),
    *(
        (GET, f"/{collection}/{{name}}/history", signed_in(history_of(collection)))
        for collection in QUERIES
    ),
    (GET, MORE, signed_in(more_page)),
    (GET, GALLERY, signed_in(gallery_page)),
    (POST, "/console/names", signed_in(hide_names)),
    (GET, "/console/invitation", open_to_all(invitation_page)),
    (POST, "/console/invitation", open_to_all(send_invitation)),
    (GET, account.PATH, signed_in(account.account_page)),
    (POST, "/account/password", signed_in(account.send_password)),
    (POST, "/account/second-factor", signed_in(account.send_factor)),
    (POST, "/account/recovery-sheet", signed_in(account.send_sheet)),
    (POST, calendar_link.PATH, signed_in(calendar_link.make_link)),
    (POST, calendar_link.ENDING, signed_in(calendar_link.end_link)),
    (GET, f"{calendar_link.FEED}/{{link}}", open_to_all(calendar_link.calendar_feed)),
    (POST, "/account/sessions", signed_in(account.send_sessions)),
    (POST, "/account/purpose", signed_in(account.send_purpose)),
    (GET, f"{STAFF}/{{staff_id}}", signed_in(staff.staff_member_page)),
    (POST, f"{STAFF}/{{staff_id}}/sheet", signed_in(staff.send_sheet)),
    (POST, f"{STAFF}/{{staff_id}}/calendar-end", signed_in(calendar_link.end_link)),
    (POST, SEEN, signed_in(notices_seen)),
    (GET, INBOX, signed_in(inbox_page)),
    (GET, OUTBOX, signed_in(outbox_page)),
    (POST, AGAIN, signed_in(send_messages_again)),
    (POST, "/console/sign-out", open_to_all(signing_in.sign_out)),
    (POST, "/console/language", open_to_all(signing_in.choose_language)),
)
PROGRAMS = ("/v1/", "/openapi.json", "/problems", "/warnings", "/healthz", "/readyz", "/metrics")
"""Where programs ask, who read problem documents."""


def mount_console(app: FastAPI) -> None:
    """Add the console beside the API."""
    static = Static(packages=[("service.console", "static")])
    app.mount("/console/static", static, name="console-static")
    for method, path, endpoint in PAGES:
        app.add_route(path, endpoint, methods=[method], include_in_schema=False)
    app.state.answer = _people_by_pages(app.state.answer)
    app.state.recognise = recognised


def _people_by_pages(programs: Answer) -> Answer:
    """Have a browser read a page in its reader's language, whatever went wrong wherever it asked."""

    def answer(error: JisrError, scope: MutableMapping[str, Any]) -> Response:
        return (
            failed(visit_of(Request(scope)), error) if _is_person(scope) else programs(error, scope)
        )

    return answer


def _is_person(scope: MutableMapping[str, Any]) -> bool:
    accepted = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return HTML in accepted.lower() and not path_within(scope).startswith(PROGRAMS)
