"""Reading a file, without Django or a database."""
