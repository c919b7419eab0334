"""Demonstration societies: titles, criteria, rounds, monitoring, cultivation plans."""
