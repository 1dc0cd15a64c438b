"""Which addresses a partner's URL may lead to: public ones, and none of the house's own networks."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Ip = IPv4Address | IPv6Address

TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64: the last 32 bits are an IPv4 address, which is where it leads."""


def is_public(address: Ip) -> bool:
    """Whether it is somebody else's, on the open network: no machine of the house answers there."""
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    strange = address.is_multicast or address.is_reserved or address.is_unspecified
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not strange


def read(address: str) -> Ip:
    """An address as the resolver writes it, without the interface behind a `%`."""
    return ip_address(address.partition("%")[0])


def _inside(address: Ip) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one is only another way to."""
    if isinstance(address, IPv4Address):
        return None
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
