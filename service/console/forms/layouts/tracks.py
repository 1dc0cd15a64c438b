"""The forms by which a track of any kind is opened and ended."""

from collections.abc import Mapping

from domain.case.steps import EndTrack, OpenTrack
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "open-track": Layout(
        OpenTrack, ("occurred_on", "track"), candidates={"track": Source.TRACK_KINDS}
    ),
    "end-track": Layout(
        EndTrack, ("track_id", "occurred_on", "ended_as", "explanation"), checked=True
    ),
}
