"""What people type about the pilot."""
