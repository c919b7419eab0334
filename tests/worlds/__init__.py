"""What stands in a world of the cast, a module for each part of the house."""
