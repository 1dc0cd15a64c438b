"""The API and the console."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.api.app import create_app
from service.api.edge.connections import server_of
from service.application import Application
from service.bootstrap import opened_application, opened_sign_ins
from service.console.pages.routes import mount_console
from service.identity.access_keys import ACCESS
from service.identity.sign_ins.store import SignIns
from service.running.upgrading import at_work
from service.settings import Settings

GRACE = 10
"""Seconds that requests under way have to finish."""


def run_api(settings: Settings) -> None:
    """Serve the API and the console until SIGTERM or SIGINT."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[Application, bytes, SignIns]]:
        async with opened_application(settings) as application:
            with opened_sign_ins(settings, application) as sign_ins, at_work(settings, "api"):
                gc.freeze()
                yield application, application.derived(ACCESS), sign_ins

    app = create_app(opened, mount_console, proxies=settings.trusted_proxies)
    server_of(app, settings.host, settings.port, grace=GRACE).run()
