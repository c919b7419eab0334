"""Broken and hostile files for the intake, made in memory, each with its declared outcome."""
