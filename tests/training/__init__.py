"""Counsellors, visits and training."""
