"""What people do about sharing."""
