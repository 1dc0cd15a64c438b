"""Real listeners on loopback, for what Jisr sends: mail, and HTTP with and without TLS."""
