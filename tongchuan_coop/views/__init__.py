"""Pages that join all parts."""
