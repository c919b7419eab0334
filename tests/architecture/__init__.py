"""The house rules. A newcomer reads these first."""
