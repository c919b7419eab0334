"""What several registers say about one society."""
