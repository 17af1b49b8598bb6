"""The vocabulary every other room shares. Standard library only."""
