"""The eventsourcing library's own suites, on the guarded store in PostgreSQL."""

import pytest
from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresTrackingRecorder
from eventsourcing.tests import persistence as library
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict

from ledger.postgres import Factory
from ledger.postgres.factory import PostgresProcessRecorder
from ledger.postgres.schema import prepare
from ledger.postgres.store import PostgresStore
from tests.compliance.library.ids import TextIds
from tests.support.postgres import SERVICE, PostgresDatabase


class Databases(TextIds):
    """A database of each test's own, opened as the library opens it."""

    @pytest.fixture(autouse=True)
    def _database(self, postgres_database: PostgresDatabase) -> None:
        prepare(postgres_database.owner_url, SERVICE)
        given = conninfo_to_dict(postgres_database.owner_url)
        env = Environment("suite")
        env["PERSISTENCE_MODULE"] = "ledger.postgres"
        for name in ("dbname", "host", "port", "user"):
            env[f"POSTGRES_{name.upper()}"] = str(given[name])
        env["POSTGRES_PASSWORD"] = "not asked for"
        env["JISR_LEDGER_WRITE"] = "yes"
        self.env = env

    def made(self) -> Factory:
        factory = Factory(self.env)
        self.addCleanup(factory.close)
        return factory


class TestAggregateRecorder(Databases, library.AggregateRecorderTestCase):
    """Snapshots' table: contrary in kind to the events', and without their rules."""

    def create_recorder(self) -> PostgresAggregateRecorder:
        recorder = self.made().aggregate_recorder()
        assert isinstance(recorder, PostgresAggregateRecorder)
        return recorder


class TestApplicationRecorder(Databases, library.ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return self.made().application_recorder()

    def test_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestTrackingRecorder(Databases, library.TrackingRecorderTestCase):
    def create_recorder(self) -> PostgresTrackingRecorder:
        return self.made().tracking_recorder()


class TestProcessRecorder(Databases, library.ProcessRecorderTestCase):
    def create_recorder(self) -> PostgresProcessRecorder:
        recorder = self.made().process_recorder()
        assert isinstance(recorder, PostgresProcessRecorder)
        return recorder


class TestNotificationsDoNotInterleave(Databases, library.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> ApplicationRecorder:
        return self.made().application_recorder()


class Follower(PostgresTrackingRecorder):
    pass


class TestFactory(Databases, library.InfrastructureFactoryTestCase[Factory]):
    def expected_factory_class(self) -> type[Factory]:
        return Factory

    def expected_aggregate_recorder_class(self) -> type[PostgresAggregateRecorder]:
        return PostgresAggregateRecorder

    def expected_application_recorder_class(self) -> type[PostgresStore]:
        return PostgresStore

    def expected_tracking_recorder_class(self) -> type[PostgresTrackingRecorder]:
        return PostgresTrackingRecorder

    def tracking_recorder_subclass(self) -> type[PostgresTrackingRecorder]:
        return Follower

    def expected_process_recorder_class(self) -> type[PostgresProcessRecorder]:
        return PostgresProcessRecorder
