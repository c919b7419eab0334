"""Pages of the pilot."""
