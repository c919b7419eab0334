"""The sections of the annual report, one file each; registry.reporting.sections puts them in order."""
