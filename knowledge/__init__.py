"""Given a question, the best clauses of the curated policy texts and where they come from."""
