"""What people type in the demonstration work."""
