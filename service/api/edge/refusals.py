"""An answer written on the wire itself, where there is no request that could be answered."""

from http import HTTPStatus

from service.api.edge.safeguards import safeguarded
from service.problems.problem import MEDIA_TYPE, Rejected, body_of, problem_of
from service.words.language import Language


def refusal(error: Rejected) -> bytes:
    """The problem as HTTP/1.1, in English: what the asker prefers may not have come in yet."""
    problem = problem_of(error, Language.ENGLISH)
    body = body_of(problem)
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-language", b"en"),
        (b"content-length", b"%d" % len(body)),
        (b"connection", b"close"),
    ]
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"2"))
    lines = [b"HTTP/1.1 %d %s" % (problem.status, HTTPStatus(problem.status).phrase.encode())]
    lines += [name + b": " + value for name, value in safeguarded(headers, tls=False)]
    return b"\r\n".join((*lines, b"", body))
