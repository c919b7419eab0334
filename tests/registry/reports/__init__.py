"""Annual reports: filling in, signing, reviewing, correcting."""
