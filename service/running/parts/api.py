"""The API and the console."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.api.app import create_app
from service.api.connections import server_of
from service.application import Application
from service.bootstrap import opened_application
from service.console.pages.routes import mount_console
from service.identity.access_keys import ACCESS
from service.running.upgrading import at_work
from service.settings import Settings

GRACE = 10
"""Seconds that requests under way have to finish."""


def run_api(settings: Settings) -> None:
    """Serve the API and the console until SIGTERM or SIGINT."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[Application, bytes]]:
        async with opened_application(settings) as application:
            with at_work(settings, "api"):
                gc.freeze()
                yield application, application.derived(ACCESS)

    app = create_app(opened, mount_console, proxies=settings.trusted_proxies)
    server_of(app, settings.host, settings.port, grace=GRACE).run()
