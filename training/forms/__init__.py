"""What people type about counsellors, visits and training."""
