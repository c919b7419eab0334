"""What people type about sharing."""
