"""Measurements: the portal beside what people would use instead, in one run."""
