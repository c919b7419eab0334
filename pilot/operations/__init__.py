"""Acts of the pilot programme."""
