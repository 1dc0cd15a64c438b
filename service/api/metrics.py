"""What operators can watch: requests by operation and status, how long they took."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

MEDIA_TYPE = CONTENT_TYPE_LATEST
BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """One registry an application, so that two in one process do not share counts."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "jisr_requests", "Requests", ("operation", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "jisr_request_seconds",
            "Seconds a request took",
            ("operation",),
            buckets=BUCKETS,
            registry=self._registry,
        )

        self._lag = Gauge(
            "jisr_views_lag", "Events the views are behind the ledger", registry=self._registry
        )

    def answered(self, operation: str, status: int, seconds: float) -> None:
        self._requests.labels(operation, str(status)).inc()
        self._seconds.labels(operation).observe(seconds)

    def exposition(self, lag: int) -> bytes:
        self._lag.set(lag)
        return generate_latest(self._registry)
