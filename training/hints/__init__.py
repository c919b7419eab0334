"""Gentle hints against paper work: one kind a file; each looks at one visit and asks, never judges."""
