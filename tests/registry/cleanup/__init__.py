"""Survey, clean-up cases, batch days, relations and tip-offs."""
