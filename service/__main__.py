"""`python -m service …` is `jisr …`."""

from service.cli import main

main()
