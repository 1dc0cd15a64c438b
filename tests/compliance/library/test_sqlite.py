"""The eventsourcing library's own suites, on the guarded store in an SQLite file."""

import tempfile

from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.sqlite import SQLiteAggregateRecorder, SQLiteTrackingRecorder
from eventsourcing.tests import persistence as library
from eventsourcing.utils import Environment

from ledger.sqlite import Factory
from ledger.sqlite.factory import SqliteProcessRecorder
from ledger.sqlite.store import SqliteStore
from tests.compliance.library.ids import TextIds


class Files(TextIds):
    """A file of each test's own, opened as the library opens it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="jisr-")
        self.addCleanup(folder.cleanup)
        env = Environment("suite")
        env["PERSISTENCE_MODULE"] = "ledger.sqlite"
        env["SQLITE_DBNAME"] = f"{folder.name}/ledger.db"
        env["JISR_LEDGER_WRITE"] = "yes"
        self.env = env
        super().setUp()

    def made(self) -> Factory:
        factory = Factory(self.env)
        self.addCleanup(factory.close)
        return factory


class TestAggregateRecorder(Files, library.AggregateRecorderTestCase):
    """Snapshots' table: contrary in kind to the events', and without their rules."""

    def create_recorder(self) -> SQLiteAggregateRecorder:
        recorder = self.made().aggregate_recorder()
        assert isinstance(recorder, SQLiteAggregateRecorder)
        return recorder


class TestApplicationRecorder(Files, library.ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return self.made().application_recorder()

    def test_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestTrackingRecorder(Files, library.TrackingRecorderTestCase):
    def create_recorder(self) -> SQLiteTrackingRecorder:
        return self.made().tracking_recorder()


class TestProcessRecorder(Files, library.ProcessRecorderTestCase):
    def create_recorder(self) -> SqliteProcessRecorder:
        recorder = self.made().process_recorder()
        assert isinstance(recorder, SqliteProcessRecorder)
        return recorder


class TestNotificationsDoNotInterleave(Files, library.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> ApplicationRecorder:
        return self.made().application_recorder()


class Follower(SQLiteTrackingRecorder):
    pass


class TestFactory(Files, library.InfrastructureFactoryTestCase[Factory]):
    def expected_factory_class(self) -> type[Factory]:
        return Factory

    def expected_aggregate_recorder_class(self) -> type[SQLiteAggregateRecorder]:
        return SQLiteAggregateRecorder

    def expected_application_recorder_class(self) -> type[SqliteStore]:
        return SqliteStore

    def expected_tracking_recorder_class(self) -> type[SQLiteTrackingRecorder]:
        return SQLiteTrackingRecorder

    def tracking_recorder_subclass(self) -> type[SQLiteTrackingRecorder]:
        return Follower

    def expected_process_recorder_class(self) -> type[SqliteProcessRecorder]:
        return SqliteProcessRecorder
