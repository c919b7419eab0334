"""What people do about counsellors, visits and training; every write that matters is one of these."""
