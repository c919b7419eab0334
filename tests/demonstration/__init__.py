"""Tests of the demonstration work."""
