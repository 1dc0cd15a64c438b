"""The tables of sign-ins: the same on both databases. Instants are seconds since 1970."""

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table, Text

from service.keeping import Kept

metadata = MetaData()

sign_ins = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("credential", Text, nullable=False),
    Column("staff", Text, nullable=False, index=True),
    Column("browser", Text, nullable=False),
    Column("device", Text, nullable=True),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False, index=True),
    Column("purpose", Text),
)
"""`id` is the digest of what the browser holds: who reads this table can sign in with nothing.
`credential` is the key or password that they came with, `browser` its family and no more.
`device` is a keyed hash, the same for all who sign in by that browser; `purpose` why they read, as they said."""

searches = Table(
    "searches",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sign_in", Text, nullable=False, index=True),
    Column("asked_at", BigInteger, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""What somebody looked for, encrypted: it is mostly a name."""

drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("staff_id", Text, nullable=False, index=True),
    Column("saved_at", BigInteger, nullable=False, index=True),
    Column("about", Text, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""What somebody typed into a form and left, encrypted: only its author finds it. `about` is a
digest under a key, of the person or the case; with it goes what is about somebody who is erased."""

saved_lists = Table(
    "saved_lists",
    metadata,
    Column("id", Text, primary_key=True),
    Column("staff_id", Text, nullable=False, index=True),
    Column("list", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("shared_in", Text, nullable=False, index=True),
    Column("saved_at", BigInteger, nullable=False),
)
"""By which filters somebody comes back to a list: codes of kinds, places and colleagues."""

SIGN_INS = Kept("sign_ins", metadata, known_by=sign_ins.name, is_made_again=True)
