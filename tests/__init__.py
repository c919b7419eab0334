"""The suite mirrors the applications; it starts in tests/architecture."""
