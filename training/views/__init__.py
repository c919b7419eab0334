"""Pages of counsellors, visits and training."""
