"""When a clause must not be shown for a question, and when to ask back first."""
