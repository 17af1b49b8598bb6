"""Inbound turns, measured: a platform on loopback, our service, and what others would run in its place."""
