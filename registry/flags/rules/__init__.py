"""One class per fault."""
