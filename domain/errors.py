"""Everything that can go wrong, as one tree with stable codes.

    JisrError
    ├── Refused              the programme's rules say no; nothing was recorded
    │   ├── NotFound         the stream has no event
    │   ├── NotAllowed       this person may not do this here
    │   ├── StaleVersion     the asker saw an older version
    │   └── Erased           the person's key is destroyed
    ├── KeyReused            the same idempotency key came with another body
    ├── Unavailable          a database or the process engine is away: try again later
    ├── LedgerLost           what had been recorded is gone; a person must look first
    ├── NewerReleaseNeeded   the ledger is on a level that this program does not read
    ├── DatabaseBehind       a database's tables are missing, or an older release's
    ├── DatabaseNewer        a database's tables are a newer release's
    ├── DatabaseDamaged      a file that is no database, or somebody else's, or broken
    ├── DatabaseUnfit        a database that would lose or spoil what is stored in it
    ├── WrongMasterKey       the key store was made under another master key
    ├── KeysOfAnotherLedger  the key store belongs to another ledger
    ├── ReadsOfAnotherLedger the log of readings belongs to another ledger
    └── Unexpected           a fault of ours, with a reference to find it in the log
        └── KeyLost          a person's key is gone, though nobody erased them

A code is part of the API and never changes its meaning. `params` are codes, numbers,
dates and amounts, never personal data: they travel through the process engine and logs.
"""

from collections.abc import Mapping

Param = str | int | None


class Unfit(ValueError):
    """What no field of its kind can hold; a model's validators raise it.

    It ends as a field error, never by itself; `code` names the text that says what is expected.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class JisrError(Exception):
    """The root; `code` is stable, `params` fill the translated text."""

    code: str = "error"

    def __init__(self, **params: Param) -> None:
        self.params: Mapping[str, Param] = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return self.code


class Refused(JisrError):
    """A rule says no. Nothing was recorded; the same command may pass later."""

    code = "refused"

    def __init__(self, code: str = "", /, **params: Param) -> None:
        self.code = code or type(self).code
        super().__init__(**params)


class NotFound(Refused):
    code = "not_found"


class NotAllowed(Refused):
    code = "not_allowed"


class StaleVersion(Refused):
    code = "stale_version"


class Erased(Refused):
    code = "erased"


class KeyReused(JisrError):
    code = "key_reused"


class Unavailable(JisrError):
    code = "unavailable"


class LedgerLost(JisrError):
    """Nothing is decided on a ledger that lost a tail until `jisr ledger accept`."""

    code = "ledger_lost"


class NewerReleaseNeeded(JisrError):
    """The upgrade to a newer release was finished: an older program decides nothing any more."""

    code = "newer_release_needed"

    def __str__(self) -> str:
        return (
            f"{self.code}: the ledger is on level {self.params['level']}, and this release reads"
            f" level {self.params['reads']}: start the release that finished the upgrade"
        )


class DatabaseBehind(JisrError):
    """The operator must run `jisr database prepare` first; trying again does not help.

    An SQLite file, which is brought level when it is opened to be written, was only looked at.
    """

    code = "database_behind"

    def __str__(self) -> str:
        return f"{self.code}: run `jisr database prepare`"


class DatabaseNewer(JisrError):
    """This program is older than the tables. They never go down: install the newer release."""

    code = "database_newer"

    def __str__(self) -> str:
        return (
            f"{self.code}: a newer release of Jisr made these tables (step {self.params['found']};"
            f" this one knows {self.params['known']}): install that release"
        )


MADE_AGAIN = ("followers", "views")
FROM_BACKUP = "bring it back from its backup"


class DatabaseDamaged(JisrError):
    """A database cannot be read as what it should be; `database` says which. Nothing is written."""

    code = "database_damaged"

    def __str__(self) -> str:
        database = self.params["database"]
        again = "move it away, and it is made again" if database in MADE_AGAIN else FROM_BACKUP
        return f"{self.code}: the database of the {database} is damaged, or not Jisr's: {again}"


class DatabaseUnfit(JisrError):
    """The operator must change how the database is set up; `because` says what."""

    code = "database_unfit"

    def __str__(self) -> str:
        what = {
            "encoding": "make the database anew with ENCODING 'UTF8' TEMPLATE template0",
            "synchronous_commit": "set synchronous_commit to on: what is answered must be stored",
            "secure_delete": "use an SQLite that overwrites what it deletes: keys must not stay",
            "journal_mode": "put the file on a local disk: SQLite keeps no write-ahead log here",
        }[str(self.params["because"])]
        return f"{self.code}: {self.params['because']} is {self.params['found']}; {what}"


class WrongMasterKey(JisrError):
    """Keys cannot be unwrapped. Going on would make new ones and lose the old."""

    code = "wrong_master_key"

    def __str__(self) -> str:
        needed = self.params.get("needed")
        which = f" number {needed}" if needed else ""
        return (
            f"{self.code}: the keys are wrapped by another master key{which}; bring that one back "
            "from its backup. No other can take its place: without it nothing personal can be read"
        )


class KeysOfAnotherLedger(JisrError):
    """A key store and a ledger that do not belong together: each would lead the other astray."""

    code = "keys_of_another_ledger"

    def __str__(self) -> str:
        return (
            f"{self.code}: these keys serve the ledger {self.params['served']}, and this is "
            f"{self.params['ledger']}; bring back the two that belong together, from backups"
        )


class ReadsOfAnotherLedger(JisrError):
    """A log of readings that tells who read of other people: it was put beside this ledger."""

    code = "reads_of_another_ledger"

    def __str__(self) -> str:
        return (
            f"{self.code}: this log says who read from the ledger {self.params['served']}, and this"
            f" is {self.params['ledger']}; bring back the two that belong together, from backups"
        )


class Unexpected(JisrError):
    code = "unexpected"


class KeyLost(Unexpected):
    """A key is neither there nor destroyed: an older copy of the key store was brought back.

    Nothing is decided of that person until it is there again.
    """

    code = "key_lost"
