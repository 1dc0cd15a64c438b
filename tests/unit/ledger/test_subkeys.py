"""Sub-keys are made as RFC 5869 says, and each use has its own."""

from ledger.keys.subkeys import sub_key


def test_a_sub_key_is_what_the_standard_says() -> None:
    """Test case 3 of RFC 5869, of which 32 bytes are the beginning."""
    expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    assert sub_key(b"\x0b" * 22, "").hex() == expected


def test_each_use_and_each_secret_has_a_key_of_its_own() -> None:
    secrets = (b"a" * 32, b"b" * 32)
    keys = {sub_key(secret, use) for secret in secrets for use in ("fields", "sealing")}
    assert len(keys) == 4
    assert not keys & set(secrets)
