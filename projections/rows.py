"""Which rows follow from an event, and from what a stream has come to."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from domain.errors import JisrError
from domain.folds.mended import Mended
from domain.message import Recorded, StreamKind, kind_of, name_of, stream_id
from domain.tracks.self_employment.state import projects_of
from ledger.faults import unexpected
from projections.changes import Changes
from projections.deriving import Listed
from projections.streams import Streams
from projections.views.reminders import reminders
from projections.views.table import APPENDED, DERIVED, FOLLOWING, LISTED
from projections.views.timeline import SHOWN, TIMELINE


def append(events: Sequence[Recorded], streams: Streams, changes: Changes) -> None:
    """The rows of events themselves; their streams have them already."""
    making = [(view.row, changes.rows[view.view]) for view in APPENDED]
    at = 0
    with logged(lambda: f"the views, at position {at}"):
        for recorded in events:
            at = recorded.envelope.position
            for row_of, rows in making:
                row = row_of(recorded, streams)
                if row is not None:
                    rows.append(row)


def mark(events: Sequence[Recorded], streams: Streams, changes: Changes) -> None:
    """Let the timeline say of earlier events what these have mended: its rows are made anew."""
    mended = {each.envelope.stream for each in events if isinstance(each.event, Mended)}
    marked = {stream for stream in mended if kind_of(stream) in SHOWN}
    if marked:
        _tell_anew(marked, streams, changes)


def _tell_anew(marked: Collection[str], streams: Streams, changes: Changes) -> None:
    changes.withdraw(TIMELINE.view, marked)
    for events in streams.read(sorted(marked)):
        changes.add(TIMELINE.view, filter(None, (TIMELINE.row(each, streams) for each in events)))


def derive(names: Iterable[str], streams: Streams, changes: Changes) -> None:
    """The rows of these streams, in the place of those they had."""
    stream = ""
    with logged(lambda: f"the views of {stream}, at position {streams.position}"):
        for stream in names:
            name, kind = name_of(stream), kind_of(stream)
            for view in DERIVED[kind]:
                changes.gone[view.view].append(name)
                changes.add(view.view, view.rows(name, streams))
            for cell in FOLLOWING.get(kind, ()):
                for value in cell.values(name, streams):
                    changes.amend(cell.view, cell.column, name, value)


def relist(events: Sequence[Recorded], streams: Streams, changes: Changes) -> None:
    """The rows of what these events are about, in the place of those they had."""
    for view in LISTED:
        about: dict[str, set[str]] = {}
        for each in events:
            if each.event.stream is view.kind and (named := set(view.named(each.event))):
                about.setdefault(each.envelope.stream, set()).update(named)
        for stream, names in about.items():
            changes.gone[view.view] += sorted(names)
            _list(view, stream, names, streams, changes)


def enlist(names: Iterable[str], streams: Streams, changes: Changes) -> None:
    """The rows of all that these streams keep, of which there are none yet."""
    for stream in names:
        for view in LISTED:
            if view.kind is kind_of(stream):
                known = view.names(streams.fold(stream).state)
                _list(view, stream, known, streams, changes)


def _list(
    view: Listed, stream: str, names: Iterable[str], streams: Streams, changes: Changes
) -> None:
    with logged(lambda: f"the views of {stream}, at position {streams.position}"):
        state = streams.fold(stream).state
        changes.add(view.view, [row for name in sorted(names) for row in view.rows(state, name)])


def forget(person: str, streams: Streams, changes: Changes) -> None:
    """Let the rows of events say of an erased person what a rebuild would: no more than is left.

    Their key is not read with any more. So custody's reminders go, and the timeline is made anew.
    """
    fold = streams.beneficiary(name_of(person))
    if not fold.state.erased:
        return
    changes.erased.append(UUID(name_of(person)))
    cases = {str(case_id) for case_id in fold.state.cases}
    changes.withdraw(reminders, cases)
    _tell_anew(set(streams_of(person, streams)), streams, changes)


def streams_of(person: str, streams: Streams) -> Iterator[str]:
    """All that is kept of a person."""
    yield person
    for case_id in streams.beneficiary(name_of(person)).state.cases:
        yield stream_id(StreamKind.CASE, case_id)
        for project_id in projects_of(streams.case(case_id).state):
            yield stream_id(StreamKind.PROJECT, project_id)


@contextmanager
def logged(where: Callable[[], str]) -> Iterator[None]:
    """An event that cannot be folded stops the views, and the log says which one it is."""
    try:
        yield
    except JisrError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever a view stumbles over stops it)
        raise unexpected(error, where()) from None
