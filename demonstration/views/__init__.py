"""Pages of the demonstration work."""
