"""Notices of the office to many: written once, approved by another, delivered, proved."""
