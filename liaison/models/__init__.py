"""What the departments do together: the sharing of lists."""

from liaison.models.grant import ShareFetch, ShareGrant

__all__ = ["ShareFetch", "ShareGrant"]
