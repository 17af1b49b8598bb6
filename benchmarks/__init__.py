"""How good and how quick the lookup is, beside other ways to search the same passages."""
