"""The programming interface: its guard, how rows are read, and the nouns of this app."""

from accounts.api.guard import DeclaredAction, declared_action

__all__ = ["DeclaredAction", "declared_action"]
