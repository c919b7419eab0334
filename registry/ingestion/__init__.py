"""From a delivered file to published facts: reading, checking, staging, publishing, undoing."""
