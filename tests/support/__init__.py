"""What several tests stand on: servers of their own, started and stopped here."""
