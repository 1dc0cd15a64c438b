"""The forms of equipment delivery."""

from collections.abc import Mapping

from domain.tracks.self_employment.steps import (
    AddMissingLine,
    ConfirmDelivery,
    DropItems,
    EndApproval,
    FormaliseBusiness,
    GiveBackOwnPart,
    PlaceOnCeremony,
    RecordOwnPart,
    ReplaceItem,
    TakeOffCeremony,
)
from service.console.forms.layout import Layout, Source, When
from service.console.forms.layouts.project_approval import AN_ITEM

LAYOUTS: Mapping[str, Layout] = {
    "drop-items": Layout(
        DropItems,
        ("track_id", "items", "cash", "explanation", "occurred_on"),
        candidates={"items": Source.ITEMS},
        checked=True,
    ),
    "replace-item": Layout(
        ReplaceItem,
        ("track_id", "item", "by", "explanation", "occurred_on"),
        inside={"by": AN_ITEM},
    ),
    "record-own-part": Layout(RecordOwnPart, ("track_id", "occurred_on", "amount", "reference")),
    "give-back-own-part": Layout(
        GiveBackOwnPart, ("track_id", "amount", "reference", "occurred_on"), checked=True
    ),
    "place-on-ceremony": Layout(
        PlaceOnCeremony,
        ("track_id", "ceremony_id", "replaces", "occurred_on"),
        breaks=("replaces",),
    ),
    "take-off-ceremony": Layout(TakeOffCeremony, ("track_id", "occurred_on")),
    "add-missing-line": Layout(
        AddMissingLine, ("track_id", "ceremony_id", "occurred_on", "explanation")
    ),
    "confirm-delivery": Layout(
        ConfirmDelivery,
        ("track_id", "occurred_on", "items", "kept_back", "cash", "received_by", "proxy"),
        breaks=("proxy",),
        show_when={"proxy": When.needed_for("received_by", "proxy")},
        rows_from={"items": Source.ITEMS, "kept_back": Source.ITEMS},
        checked=True,
    ),
    "end-approval": Layout(
        EndApproval, ("track_id", "ground", "explanation", "occurred_on"), checked=True
    ),
    "formalise-business": Layout(
        FormaliseBusiness, ("track_id", "occurred_on", "form", "registered_as")
    ),
}
