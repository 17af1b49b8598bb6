"""Conversation: who answers what. `routes.py` is the table."""
