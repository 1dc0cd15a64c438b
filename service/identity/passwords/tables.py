"""The tables of what is secret of passwords: the same on both databases. Instants are seconds."""

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table, Text

from service.keeping import Kept

metadata = MetaData()

secrets_kept = Table(
    "secrets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("used_step", BigInteger, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)
"""A hash or a second factor, encrypted, under the name that the ledger gives it. `used_step`: the
latest step of time whose code was used."""

recovery = Table(
    "recovery_codes",
    metadata,
    Column("sheet", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("kept_at", BigInteger, nullable=False),
)
"""Codes that were not used yet: a used one is gone."""

tries = Table(
    "tries",
    metadata,
    Column("name", Text, primary_key=True),
    Column("failed", BigInteger, nullable=False),
    Column("tried_at", BigInteger, nullable=False),
    Column("next_at", BigInteger, nullable=False, index=True),
)
"""How many failed under a name, by its keyed hash: what was typed may be a password."""

PASSWORDS = Kept("passwords", metadata, known_by=secrets_kept.name, is_made_again=False)
