"""Commands of the pilot."""
