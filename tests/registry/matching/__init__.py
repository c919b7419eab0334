"""Societies that stand twice: finding, deciding, merging."""
