"""Rosters: kept by hand, taken in from files, checked against the law."""
