"""Questions made for one society: each kind in a file of its own, all asked set-based."""
