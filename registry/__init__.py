"""Trunk: cooperatives and their versions, feeds and their intake, flags."""
