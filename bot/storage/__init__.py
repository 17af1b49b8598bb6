"""Rows: the tables, the engine, and one module of named queries for each subject."""
