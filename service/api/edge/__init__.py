"""What every request passes before anybody asks what it wants.

`limits.py` has every bound. `wire.py` and `connections.py` keep to them in bytes and seconds,
`gate.py` in heads and bodies, `strict_json.py` in values; `forwarded.py` is what a proxy says,
`strangers.py` who tried wrong keys, `safeguards.py` the headers of every answer.
"""
