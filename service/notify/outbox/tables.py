"""The table of the outbox: the same on both databases. Instants are seconds since 1970."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

from service.keeping import Kept

metadata = MetaData()

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
    Column("digest", Text, index=True),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", BigInteger),
    Column("settled_at", BigInteger),
    Column("code", Text),
    Index("messages_to_go", "state", "due_at"),
    Index("messages_of", "to", "channel", "made_at"),
    Index("messages_of_case", "case_id", "version"),
    Index("messages_of_centre", "centre", "state", "made_at"),
)

begun = Table("begun", metadata, Column("at", BigInteger, primary_key=True))
"""One row, once it is filled: it tells an outbox that was lost from one in which nothing came yet."""

OUTBOX = Kept("outbox", metadata, known_by=messages.name, is_made_again=False)
"""Whether something was sent is known here alone: a damaged one is not taken away."""
