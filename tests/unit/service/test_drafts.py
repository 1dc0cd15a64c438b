"""What somebody typed and left is theirs alone, sealed, and kept for two weeks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from service.identity.sign_ins.drafts import LAST, MOST, Drafts
from service.identity.sign_ins.tables import SIGN_INS
from service.keeping import open_engine, prepare_kept
from tests.support.postgres import SERVICE, PostgresDatabase

SECRET = bytes(range(32))
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ME, ANOTHER = uuid4(), uuid4()
TYPED = {"path": "/steps/register-beneficiary", "typed": {"name_latin": "Salma Elmithal"}}


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return f"sqlite://{tmp_path / 'sign_ins.db'}"
    database: PostgresDatabase = request.getfixturevalue("postgres_database")
    prepare_kept(database.owner_url, SERVICE, SIGN_INS)
    return database.service_url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def drafts(url: str) -> Iterator[Drafts]:
    engine = open_engine(url, SIGN_INS)
    yield Drafts(engine, SECRET)
    engine.dispose()


def test_a_draft_is_found_by_its_author_until_it_is_recorded(drafts: Drafts) -> None:
    drafts.save(ME, "key", TYPED, NOW)
    found = drafts.one(ME, "key", NOW)
    assert found is not None
    assert (found.key, found.saved_at, dict(found.content)) == ("key", NOW, TYPED)
    assert [each.key for each in drafts.of(ME, NOW)] == ["key"]
    drafts.drop(ME, "key")
    assert drafts.one(ME, "key", NOW) is None


def test_nobody_else_finds_it_and_nothing_of_it_can_be_read(
    drafts: Drafts, tmp_path: Path, url: str
) -> None:
    drafts.save(ME, "key", TYPED, NOW)
    assert drafts.one(ANOTHER, "key", NOW) is None
    assert drafts.of(ANOTHER, NOW) == []
    drafts.drop(ANOTHER, "key")
    assert drafts.one(ME, "key", NOW) is not None
    if url.startswith("sqlite"):
        stored = b"".join(each.read_bytes() for each in tmp_path.glob("sign_ins.db*"))
        assert b"Salma" not in stored


def test_saved_again_it_takes_the_place_of_what_was_saved(drafts: Drafts) -> None:
    drafts.save(ME, "key", TYPED, NOW)
    drafts.save(ME, "key", {**TYPED, "typed": {}}, NOW + timedelta(hours=1))
    (found,) = drafts.of(ME, NOW + timedelta(hours=2))
    assert found.content["typed"] == {}


def test_it_is_kept_for_two_weeks_and_goes_with_the_next_that_is_saved(drafts: Drafts) -> None:
    drafts.save(ME, "old", TYPED, NOW)
    assert drafts.one(ME, "old", NOW + LAST - timedelta(seconds=1)) is not None
    assert drafts.one(ME, "old", NOW + LAST) is None
    drafts.save(ANOTHER, "new", TYPED, NOW + LAST)
    assert drafts.of(ME, NOW) == []


def test_the_oldest_of_too_many_goes(drafts: Drafts) -> None:
    for number in range(MOST + 1):
        drafts.save(ME, str(number), TYPED, NOW + timedelta(minutes=number))
    kept = {each.key for each in drafts.of(ME, NOW + timedelta(days=1))}
    assert len(kept) == MOST
    assert "0" not in kept


def test_another_secret_opens_nothing(url: str, drafts: Drafts) -> None:
    drafts.save(ME, "key", TYPED, NOW)
    engine = open_engine(url, SIGN_INS)
    assert Drafts(engine, bytes(32)).of(ME, NOW) == []
    engine.dispose()


def test_what_is_about_somebody_erased_goes_whoever_wrote_it(drafts: Drafts) -> None:
    person, case, other = uuid4(), uuid4(), uuid4()
    drafts.save(ME, "person", TYPED, NOW, person)
    drafts.save(ANOTHER, "case", TYPED, NOW, case)
    drafts.save(ME, "other", TYPED, NOW, other)
    drafts.save(ME, "new", TYPED, NOW)
    drafts.forget([person, case])
    assert {each.key for each in drafts.of(ME, NOW)} == {"other", "new"}
    assert drafts.of(ANOTHER, NOW) == []
