"""How an error travels through Temporal and back: by its code, never with its text.

A refusal travels without saying which: Temporal keeps what it carries, and that a release is
recorded already, or that a day lies before somebody was detained, is not for it to know. Whoever
asked has the reason from the ledger, who is believed alone.

The one table between domain errors and `ApplicationError`. Only `Unavailable` may be tried
again; everything else is final at once, and `BENIGN`, so that the SDK logs nothing of it: a
refusal is everyday life, and a fault was logged where it happened.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from temporalio.exceptions import (
    ActivityError,
    ApplicationError,
    ApplicationErrorCategory,
)

from domain.errors import (
    DatabaseBehind,
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseUnfit,
    JisrError,
    KeyLost,
    KeyReused,
    KeysOfAnotherLedger,
    LedgerLost,
    NewerReleaseNeeded,
    Param,
    ReadsOfAnotherLedger,
    Refused,
    Unavailable,
    Unexpected,
    WrongMasterKey,
)
from ledger.faults import unexpected

OWN_CLASSES: Mapping[str, Callable[..., JisrError]] = {
    each.code: each
    for each in (
        KeyReused,
        Unavailable,
        LedgerLost,
        NewerReleaseNeeded,
        DatabaseBehind,
        DatabaseDamaged,
        DatabaseNewer,
        DatabaseUnfit,
        WrongMasterKey,
        KeysOfAnotherLedger,
        ReadsOfAnotherLedger,
        KeyLost,
        Unexpected,
    )
}
"""What is told apart; any refusal is a plain `Refused`."""


def to_temporal(error: JisrError) -> ApplicationError:
    """The error as Temporal carries it."""
    final = not isinstance(error, Unavailable)
    refused = isinstance(error, Refused)
    code = Refused.code if refused else error.code
    return ApplicationError(
        code,
        {} if refused else dict(error.params),
        type=code,
        non_retryable=final,
        category=(
            ApplicationErrorCategory.BENIGN if final else ApplicationErrorCategory.UNSPECIFIED
        ),
    )


def from_temporal(failure: BaseException) -> JisrError:
    """The domain error that a failed update or activity stands for.

    What did not come from `to_temporal` (an activity that timed out, say) is `Unavailable`
    when trying again may help, else `Unexpected`.
    """
    if isinstance(failure, ActivityError) and failure.cause is not None:
        return from_temporal(failure.cause)
    if not isinstance(failure, ApplicationError):
        return Unavailable()
    code = failure.type or ""
    params = _params(failure)
    own = OWN_CLASSES.get(code)
    if own is not None:
        return own(**params)
    if failure.category == ApplicationErrorCategory.BENIGN:
        return Refused()
    return Unexpected() if failure.non_retryable else Unavailable()


def _params(failure: ApplicationError) -> dict[str, Param]:
    details = failure.details
    return dict(details[0]) if details and isinstance(details[0], Mapping) else {}


@contextmanager
def named_failures(activity: str) -> Iterator[None]:
    """Let only named errors leave an activity: the edge between our code and Temporal.

    An exception nobody named would be tried again for ever, so it becomes `Unexpected`.
    Causes stay behind, since Temporal would store their text.
    """
    try:
        yield
    except JisrError as error:
        raise to_temporal(error) from None
    except Exception as error:  # noqa: BLE001 - a process's edge
        raise to_temporal(unexpected(error, activity)) from None
