"""The forms of complaints."""

from collections.abc import Mapping

from domain.complaint import steps as s
from service.console.forms.layout import Layout, Source, When

WHO = ("beneficiary", "relative", "anybody")

LAYOUTS: Mapping[str, Layout] = {
    "file-complaint": Layout(
        s.FileComplaint,
        (
            *("complainant", "channel", "name", "reply_to", "words", "occurred_on"),
            *("case_id", "staff_id", "about_centre", "centre"),
        ),
        breaks=("case_id",),
        show_when={"name": When.of("complainant", *WHO), "reply_to": When.of("complainant", *WHO)},
        candidates={"case_id": Source.CASES, "about_centre": Source.CENTRES},
        checked=True,
    ),
    "redirect-complaint": Layout(
        s.RedirectComplaint,
        ("case_id", "staff_id", "about_centre", "explanation", "occurred_on"),
        candidates={"case_id": Source.CASES, "about_centre": Source.CENTRES},
        checked=True,
    ),
    "name-complaint-handler": Layout(
        s.NameComplaintHandler,
        ("handler", "occurred_on"),
        candidates={"handler": Source.HANDLERS},
    ),
    "answer-complaint": Layout(s.AnswerComplaint, ("answer", "channel", "occurred_on")),
    "close-complaint": Layout(
        s.CloseComplaint, ("outcome", "explanation", "occurred_on"), checked=True
    ),
    "withdraw-complaint": Layout(s.WithdrawComplaint, ("explanation", "occurred_on"), checked=True),
    "pass-complaint-on": Layout(
        s.PassComplaintOn, ("authority", "explanation", "occurred_on"), checked=True
    ),
    "reopen-complaint": Layout(s.ReopenComplaint, ("explanation", "occurred_on")),
    "erase-complaint": Layout(s.EraseComplaint, ("occurred_on",), checked=True),
}
