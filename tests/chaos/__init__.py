"""Faults on purpose: killed workers, lost brokers."""
