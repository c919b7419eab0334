"""Suspicions: one rule, one file."""
