"""Writes of the demonstration work, a file for each noun."""
