"""What the tests of the channels send."""

from uuid import UUID

from service.notify.channels import Outgoing

ID = UUID("5f0a6d2e-3f0e-4f6b-9a5e-3b1d2c4e5f60")


def message(to: str, *, text: str = "موعد قريب", language: str = "ar") -> Outgoing:
    """One to somebody."""
    return Outgoing(ID, to, language, "تذكير", text)
