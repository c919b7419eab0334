"""Joint meetings, minutes, decisions, sponsorship and data sharing."""
