"""Counsellors, visits and training events."""
