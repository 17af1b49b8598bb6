"""Stand-ins for the platforms: separate programs on loopback, never part of the service."""
