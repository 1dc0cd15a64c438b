"""What a session states itself, so that no setting of the server, a database or a role decides it."""

from typing import Any

import psycopg

STATED = {
    "DateStyle": "ISO",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "default_transaction_isolation": "read committed",
    "default_transaction_deferrable": "off",
    "default_transaction_read_only": "off",
}
"""How values are written, what statements mean, and what a transaction is."""


def options(given: str | None = None, **settings: str) -> str:
    """The `options` of a connection: those given, and over them what is stated, and `settings`."""
    stated = STATED | settings
    written = (f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in stated.items())
    return " ".join([given or "", *written]).strip()


def connect_as_owner(url: str) -> psycopg.Connection[Any]:
    """A connection of the owner's, who prepares databases."""
    return psycopg.connect(url, client_encoding="utf8", options=options())
