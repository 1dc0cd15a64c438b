"""The certificate of an erasure, in both languages; it says nothing of who it was."""

from service.printing.setting.speech import Told, count, day, figures, said
from service.queries.papers_out.sheets import CertificateSheet


def certificate(sheet: CertificateSheet) -> Told:
    takes = sheet.takes
    return {
        "erased_on": day(sheet.erased_on),
        "asked_on": day(sheet.asked_on),
        "asked_by": sheet.asked_by or "—",
        "confirmed_by": sheet.confirmed_by or "—",
        "entry": count(sheet.entry),
        "key": said("key_destroyed" if sheet.key_destroyed else "key_waits"),
        "takes": [
            {"what": said(name), "many": count(many)}
            for name, many in (
                ("entries_taken", takes.entries),
                ("papers_taken", takes.papers),
                ("registrations_taken", takes.registrations),
            )
        ],
        "leaves": [
            {
                "reference": each.reference,
                "opened_on": day(each.opened_on),
                "entries": count(each.entries),
                "delivered": figures(each.delivered),
            }
            for each in sheet.leaves
        ],
        "copies": count(sum(each.times for each in sheet.outside)),
    }
