"""What an installation says of its channels is whole, safe, and tells nothing of the house."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from service.notify.channels import MessageChannel
from service.notify.channels.failures import Failure
from service.notify.channels.opening import transports
from service.notify.channels.smtp import Mail
from service.settings import Settings, strange_settings
from service.words.language import Language
from service.words.store import words

MAIL = {"smtp_host": "mail.test", "smtp_from": "jisr@house.test"}
SMS = {"sms_url": "https://sms.test/cgi-bin/sendsms", "sms_user": "jisr", "sms_password": "x"}


def settings(folder: Path, **given: Any) -> Settings:
    return Settings(data=folder, **given)


def test_without_any_nothing_leaves_but_webhooks(tmp_path: Path) -> None:
    assert set(transports(settings(tmp_path), lambda _: None)) == {MessageChannel.WEBHOOK}


def test_each_is_opened_by_its_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (MAIL | SMS).items():
        monkeypatch.setenv(f"JISR_{name.upper()}", value)
    found = transports(settings(tmp_path), lambda _: None)
    assert set(found) == {MessageChannel.EMAIL, MessageChannel.SMS, MessageChannel.WEBHOOK}
    mail = found[MessageChannel.EMAIL]
    assert isinstance(mail, Mail)
    assert mail._server.port == 587
    assert [*strange_settings([f"JISR_{name.upper()}" for name in MAIL | SMS])] == []


@pytest.mark.parametrize(
    "given",
    [
        {"smtp_host": "mail.test"},
        {"smtp_from": "jisr@house.test"},
        MAIL | {"smtp_user": "jisr"},
        MAIL | {"smtp_password": "x"},
        MAIL | {"smtp_host": "https://mail.test"},
        MAIL | {"smtp_security": "none"},
        MAIL | {"smtp_security": "ssl"},
        MAIL | {"smtp_from": "jisr"},
        MAIL | {"smtp_from": "suivi@liberation.test"},
        {"sms_url": "https://sms.test/"},
        SMS | {"sms_url": "http://sms.test/"},
        SMS | {"sms_url": "https://me:pw@sms.test/"},
        SMS | {"sms_from": "twelve chars"},
        SMS | {"sms_from": "Penitencier"},
    ],
)
def test_what_is_half_unsafe_or_telling_is_refused(tmp_path: Path, given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings(tmp_path, **given)


def test_a_server_on_this_machine_needs_no_tls(tmp_path: Path) -> None:
    local = {"smtp_host": "127.0.0.1", "smtp_security": "none", "smtp_from": "jisr@house.test"}
    assert MessageChannel.EMAIL in transports(settings(tmp_path, **local), lambda _: None)


def test_no_password_is_printed(tmp_path: Path) -> None:
    given = MAIL | SMS | {"smtp_user": "jisr", "smtp_password": "x1y2", "sms_password": "x1y2"}
    found = settings(tmp_path, **given)
    assert "x1y2" not in repr(found) + str(transports(found, lambda _: None))


@pytest.mark.parametrize("language", Language)
def test_why_a_message_did_not_go_is_said_in_words(language: Language) -> None:
    said = words(language).page
    assert [each for each in Failure if f"not_sent_{each}" not in said] == []
