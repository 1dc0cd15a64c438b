"""The table of the outbox: the same on both databases. Instants are seconds since 1970."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, text

from service.keeping import Kept

metadata = MetaData()

IN_DIGEST = text("digest IS NOT NULL")

messages = Table(
    "messages",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("case_id", Text),
    Column("version", Integer),
    Column("position", BigInteger),
    Column("centre", Text),
    Column("level", Integer, nullable=False),
    Column("digest", Text),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", BigInteger),
    Column("settled_at", BigInteger),
    Column("code", Text),
    Index("messages_to_go", "state", "due_at"),
    Index("messages_of", "to", "channel", "made_at"),
    Index("messages_of_case", "case_id", "version"),
    Index("messages_of_centre", "centre", "made_at", "message_id"),
    Index("messages_in_digest", "digest", sqlite_where=IN_DIGEST, postgresql_where=IN_DIGEST),
    Index("messages_newest", "made_at", "message_id"),
)

begun = Table("begun", metadata, Column("at", BigInteger, primary_key=True))
"""One row, once it is filled: it tells an outbox that was lost from one in which nothing came yet."""

OUTBOX = Kept("outbox", metadata, known_by=messages.name, is_made_again=False)
"""Whether something was sent is known here alone: a damaged one is not taken away."""
