"""Settings refuse what is unsafe; the master key is made once and never replaced."""

import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from service.running.master_key import (
    MasterKeyError,
    ensure_master_key,
    make_master_key,
    read_master_keys,
)
from service.running.said import refused
from service.settings import Settings, strange_settings


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"JISR_{name.upper()}", raising=False)


def test_everything_lies_in_the_data_folder_unless_said_otherwise(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert settings.ledger == f"sqlite://{tmp_path}/ledger.db"
    assert settings.keys == f"sqlite://{tmp_path}/keys.db"
    assert settings.views == f"sqlite://{tmp_path}/views.db"
    assert settings.master_key == tmp_path / "master.key"
    assert settings.embedded_temporal


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JISR_DATA", str(tmp_path))
    monkeypatch.setenv("JISR_PORT", "8123")
    assert (Settings().data, Settings().port) == (tmp_path, 8123)
    assert Settings(port=9).port == 9


def test_a_path_is_taken_from_the_root_on_and_from_ones_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for given, whole in (
        ("~/x", "x"),
        ("x", "x"),
        ("./~", "~"),
        ("-x", "-x"),
        (":memory:", ":memory:"),
    ):
        assert Settings(data=given).data == tmp_path / whole  # type: ignore[arg-type]  # as an environment has it
    monkeypatch.setenv("JISR_DATA", "~/there")
    monkeypatch.setenv("JISR_MASTER_KEY_FILE", "~/key")
    assert (Settings().data, Settings().master_key) == (tmp_path / "there", tmp_path / "key")


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("JISR_DATA", "")
    monkeypatch.setenv("JISR_PORT", "")
    assert (Settings().data, Settings().port) == (tmp_path / ".local/share/jisr", 8400)


def test_what_looks_like_a_setting_and_is_none_is_named_with_the_nearest() -> None:
    given = ["JISR_DATABSE_URL", "JISR_PORT", "jisr_data", "JISR_LEDGER_WRITE", "JISR_ZZZ", "PATH"]
    assert list(strange_settings(given)) == [
        ("JISR_DATABSE_URL", "JISR_DATABASE_URL"),
        ("JISR_ZZZ", None),
    ]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("JISR_PORT", "many", "JISR_PORT: it is a whole number"),
        ("JISR_PORT", "70000", "JISR_PORT: it is 65535 at most"),
        ("JISR_STEP_SECONDS", "0", "JISR_STEP_SECONDS: it is more than 0"),
        ("JISR_EXPOSE", "perhaps", "JISR_EXPOSE: it is true or false"),
        ("JISR_DATABASE_URL", "secret", "JISR_DATABASE_URL: it begins with sqlite://"),
        ("JISR_DATABASE_URL", "postgresql://secret@db:x/jisr", "JISR_DATABASE_URL: PostgreSQL's"),
        ("JISR_DATABASE_URL", "postgresql://db/jisr?secret=1", "JISR_DATABASE_URL: PostgreSQL's"),
        ("JISR_VIEWS_URL", "postgresqlite://secret", "JISR_VIEWS_URL: it begins with sqlite://"),
        ("JISR_OWNER_URL", "secret", "JISR_OWNER_URL: it begins with postgresql://"),
        ("JISR_TEMPORAL_ADDRESS", "secret", "JISR_TEMPORAL_ADDRESS: it is host:port"),
        ("JISR_TEMPORAL_ADDRESS", "http://secret:7233", "JISR_TEMPORAL_ADDRESS: it is host:port"),
        ("JISR_TEMPORAL_ADDRESS", "secret:0", "JISR_TEMPORAL_ADDRESS: it is host:port"),
        ("JISR_TRUSTED_PROXIES", "secret.example", "JISR_TRUSTED_PROXIES: it is addresses"),
        ("JISR_TEMPORAL_UI_PORT", "x", "JISR_TEMPORAL_UI_PORT: it is a whole number"),
    ],
)
def test_a_bad_value_is_said_by_its_name_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as wrong:
        Settings()
    (said,) = refused(wrong.value)
    assert said.startswith(says)
    assert "secret" not in said


def test_several_hosts_are_an_address_of_postgresqls_too(tmp_path: Path) -> None:
    url = "postgresql://jisr@one:5432,two:5433/jisr?target_session_attrs=read-write"
    assert Settings(data=tmp_path, database_url=url, master_key_file=tmp_path / "key").ledger == url


def test_postgresql_serves_ledger_keys_and_views_alike(tmp_path: Path) -> None:
    url = "postgresql://jisr@db/jisr"
    settings = Settings(data=tmp_path, database_url=url, master_key_file=tmp_path / "key")
    assert settings.keys == url
    assert settings.views == "postgresql+psycopg://jisr@db/jisr"


@pytest.mark.parametrize(
    ("unsafe", "says"),
    [
        ({"host": "0.0.0.0"}, "JISR_EXPOSE"),  # noqa: S104 - the point of the test
        ({"host": "jisr.example"}, "JISR_EXPOSE"),
        ({"database_url": "postgresql://db/jisr"}, "JISR_MASTER_KEY_FILE"),
        ({"temporal_tls_key": "/key.pem"}, "temporal_tls_certificate"),
        ({"port": 70000}, "less than or equal to 65535"),
        ({"database_url": "mysql://db/jisr"}, "sqlite:// or postgresql://"),
        ({"database_url": "sqlite://data/ledger.db"}, "the whole path"),
        ({"database_url": "sqlite:///data/ledger.db?mode=ro"}, "%3F"),
        ({"keys_url": "sqlite:///a#b/keys.db"}, "%23"),
        ({"views_url": "sqlite:///a\nb/views.db"}, "%0A"),
        ({"data": "~nobody-of-that-name/x"}, "no user whose home ~nobody-of-that-name is"),
    ],
)
def test_what_is_unsafe_is_refused_with_what_to_do(unsafe: dict[str, str], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Settings(**unsafe)  # type: ignore[arg-type]  # as it comes from outside


def test_trusted_proxies_are_addresses_and_networks_with_commas_between(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Settings(data=tmp_path).trusted_proxies == ()
    monkeypatch.setenv("JISR_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8")
    assert [str(each) for each in Settings(data=tmp_path).trusted_proxies] == [
        *("127.0.0.1/32", "10.0.0.0/8"),
        "fd00::/8",
    ]
    monkeypatch.setenv("JISR_TRUSTED_PROXIES", "proxy.example")
    with pytest.raises(ValidationError, match="trusted_proxies"):
        Settings(data=tmp_path)


def test_another_host_can_be_asked_for(tmp_path: Path) -> None:
    assert Settings(data=tmp_path, host="0.0.0.0", expose=True).expose  # noqa: S104 - as above
    for loopback in ("localhost", "127.0.0.2", "::1"):
        assert Settings(data=tmp_path, host=loopback).host == loopback


def test_the_first_start_makes_a_master_key_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    ensure_master_key(settings)
    made = read_master_keys(settings.master_key)
    assert [(number, len(key)) for number, key in made.items()] == [(1, 32)]
    ensure_master_key(settings)
    assert read_master_keys(settings.master_key) == made
    assert stat.S_IMODE(settings.master_key.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["master.key"]


def test_a_missing_master_key_is_never_replaced_beside_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    with pytest.raises(MasterKeyError, match="bring it back"):
        ensure_master_key(Settings(data=tmp_path))
    assert not (tmp_path / "master.key").exists()


def test_a_master_key_of_ones_own_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(MasterKeyError, match="missing"):
        ensure_master_key(Settings(data=tmp_path, master_key_file=tmp_path / "mine"))


def test_a_master_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_master_key(path)
    path.chmod(0o640)
    with pytest.raises(MasterKeyError, match="chmod 600"):
        read_master_keys(path)


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "ab" * 16, "x:" + "ab" * 32, ":"])
def test_a_master_key_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(MasterKeyError):
        read_master_keys(path)


def test_a_master_key_is_not_written_over(tmp_path: Path) -> None:
    make_master_key(tmp_path / "key")
    with pytest.raises(FileExistsError):
        make_master_key(tmp_path / "key")
