"""What the README needs of curl, for a machine without it: POST and GET with headers."""

import sys
import urllib.error
import urllib.request
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    url, body, headers = "", None, {}
    given = iter(arguments)
    for argument in given:
        if argument == "-H":
            name, _, value = next(given).partition(": ")
            headers[name] = value
        elif argument == "-d":
            body = next(given).encode()
        elif not argument.startswith("-"):
            url = argument
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - the README's loopback
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            sys.stdout.write(answer.read().decode())
    except urllib.error.HTTPError as refused:
        sys.stdout.write(refused.read().decode())


if __name__ == "__main__":
    main(sys.argv[1:])
