"""A walk through the whole portal that takes a picture of every page, for every role and size."""
