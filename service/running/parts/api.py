"""The API and the console."""

import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import uvloop

from service.api.app import Parts, create_app
from service.api.edge.connections import server_of
from service.bootstrap import opened_application, opened_passwords, opened_sign_ins
from service.console.pages.routes import mount_console
from service.identity.access_keys import ACCESS
from service.running.checking import Checking
from service.running.ports import require_free
from service.running.upgrading import at_work
from service.settings import Settings

GRACE = 10
"""Seconds that requests under way have to finish."""


def run_api(settings: Settings) -> None:
    """Serve the API and the console until SIGTERM or SIGINT.

    Raises what opening its parts does, and `OperatorError` where the port is somebody else's.
    """
    require_free(settings.host, settings.port)
    uvloop.run(_serve(settings))


def collect_seldom() -> None:
    """Keep the garbage collector from what stays, and from walking often over what stays for a while.

    Thousands of streams' states are kept, none of them in a circle: at its usual pace the collector
    went through them every fortieth answer, which waited for 0.1 s.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


async def _serve(settings: Settings) -> None:
    """All is opened before the server starts, which would tell what cannot be by a traceback."""
    async with AsyncExitStack() as opening:
        application = await opening.enter_async_context(opened_application(settings))
        sign_ins = opening.enter_context(opened_sign_ins(settings, application))
        application.when_erased(sign_ins.drafts.forget)
        passwords = opening.enter_context(opened_passwords(settings, application))
        opening.enter_context(at_work(settings, "api"))
        opened = opening.pop_all()

    @asynccontextmanager
    async def serving() -> AsyncIterator[Parts]:
        async with opened:
            collect_seldom()
            await passwords.forget_unnamed()
            checking = Checking(settings.data, application.turn)
            try:
                secret = application.derived(ACCESS)
                yield Parts(application, secret, sign_ins, passwords, checking)
            finally:
                await checking.close()

    app = create_app(serving, mount_console, proxies=settings.trusted_proxies)
    await server_of(app, settings.host, settings.port, grace=GRACE).serve()
