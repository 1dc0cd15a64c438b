"""The doctor says when nobody makes backups."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from domain.upkeep.vocabulary import Act
from service.running.acts import record_act
from service.running.doctor.backups import backups
from service.running.doctor.finding import Severity
from tests.integration.backup.conftest import Installation


def test_a_week_without_a_backup_is_said(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timedelta()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp((datetime.now(UTC) + later).timestamp(), tz)

    monkeypatch.setattr("service.running.doctor.backups.datetime", Clock)

    def severity(**given: int) -> Severity:
        with files.ledger() as ledger:
            return backups(ledger, files.settings.model_copy(update=given)).severity

    assert severity() is Severity.WELL
    later = timedelta(days=8)
    assert severity() is Severity.WARNING
    assert severity(backup_days=0) is Severity.WELL
    with files.ledger() as ledger:
        record_act(ledger, Act.BACKED_UP)
    later = timedelta(days=7)
    assert severity() is Severity.WELL
    later = timedelta(days=8)
    assert severity() is Severity.WARNING
