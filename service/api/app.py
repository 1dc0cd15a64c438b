"""The web application: the API under /v1, its documentation, and whatever is mounted beside.

`create_app` describes; nothing is opened before the server starts it (`lifespan`), so the
OpenAPI document can be made without a database.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import NamedTuple

from fastapi import FastAPI

from service.api.document.making import install_openapi
from service.api.document.page import add_documentation
from service.api.edge.forwarded import Network, Proxies
from service.api.edge.gate import Edge, recognise_nobody
from service.api.edge.strangers import Strangers
from service.api.metrics import Metrics
from service.api.papers import add_papers
from service.api.problems import install_problem_handlers
from service.api.public import add_public_routes
from service.api.queries.absences import add_absence_queries
from service.api.queries.agenda import add_agenda
from service.api.queries.batches import add_batch_queries
from service.api.queries.calls import add_call_queries
from service.api.queries.cases import add_case_queries
from service.api.queries.cohorts import add_cohort_queries
from service.api.queries.exchange import add_exchange_queries
from service.api.queries.findings import add_findings
from service.api.queries.following import add_following
from service.api.queries.house import add_house_queries
from service.api.queries.ledger_histories import add_ledger_histories
from service.api.queries.matters import add_matter_queries
from service.api.queries.messages import add_message_queries
from service.api.queries.papers_out import add_papers_out
from service.api.queries.partners import add_partner_queries
from service.api.queries.privacy import add_privacy
from service.api.queries.programme import add_programme_queries
from service.api.queries.proofs import add_proof_queries
from service.api.queries.readings import add_reading_queries
from service.api.queries.referrals import add_referral_queries
from service.api.queries.rounds import add_round_queries
from service.api.queries.rules import add_rules_queries
from service.api.queries.voices import add_voices
from service.api.queries.worklists import add_worklist_queries
from service.api.steps.door import StepDoor
from service.api.steps.routes import add_step_routes
from service.application import Application
from service.identity.issuing import Issuing
from service.identity.passwords.parts import Passwords
from service.identity.sign_ins.store import SignIns
from service.live.hearing import Hearing
from service.live.places import Places
from service.running.checking import Checking


class Parts(NamedTuple):
    """What it works on."""

    application: Application
    secret: bytes
    """From which access keys follow."""
    sign_ins: SignIns
    passwords: Passwords
    checking: Checking | None = None
    """None where nobody can have the checks run from a page."""


Opened = AbstractAsyncContextManager[Parts]
Mount = Callable[[FastAPI], None]
"""Adds something beside the API, such as the console."""

DESCRIPTION = """\
Reintegration cases, step by step. Every change is a *step*, sent by POST with a new
`Idempotency-Key`; sending it again with the same key is safe and answers the same, word for
word. Whatever is shown of a person is written down first, with who read it; `Jisr-Purpose` says for what
(`accompaniment`, `supervision`, `decision`, `reporting`, `persons_request`, `audit`, `upkeep`), with each
request, or once for all by a key that was issued with its purpose. Errors are problem documents (RFC 9457) that say what to do.
"""


def create_app(
    opened: Callable[[], Opened] | None = None, *mounts: Mount, proxies: Iterable[Network] = ()
) -> FastAPI:
    """The application; `opened` opens what it works on.

    `proxies` are believed when they say for whom they ask.
    """
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if opened is None:
            yield
            return
        async with opened() as parts:
            app.state.application = parts.application
            app.state.issuing = Issuing(parts.application, parts.secret)
            app.state.sign_ins = parts.sign_ins
            app.state.passwords = parts.passwords
            app.state.checking = parts.checking
            app.state.places = Places(Hearing(parts.application.shown))
            yield

    app = FastAPI(
        title="Jisr",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.metrics = metrics
    app.state.strangers = Strangers()
    app.state.recognise = recognise_nobody
    install_problem_handlers(app)
    add_step_routes(app)
    add_case_queries(app)
    add_rules_queries(app)
    add_programme_queries(app)
    add_exchange_queries(app)
    add_agenda(app)
    add_cohort_queries(app)
    add_referral_queries(app)
    add_absence_queries(app)
    add_matter_queries(app)
    add_round_queries(app)
    add_worklist_queries(app)
    add_message_queries(app)
    add_following(app)
    add_call_queries(app)
    add_batch_queries(app)
    add_voices(app)
    add_privacy(app)
    add_findings(app)
    add_house_queries(app)
    add_ledger_histories(app)
    add_partner_queries(app)
    add_proof_queries(app)
    add_reading_queries(app)
    add_papers(app)
    add_papers_out(app)
    add_public_routes(app)
    add_documentation(app)
    install_openapi(app)
    for mount in mounts:
        mount(app)
    app.add_middleware(StepDoor, routes=app.routes)
    app.add_middleware(Edge, metrics=metrics, proxies=Proxies(proxies), answer=app.state.answer)
    return app
