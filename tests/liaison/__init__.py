"""What the departments do together."""
