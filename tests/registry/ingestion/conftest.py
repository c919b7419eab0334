"""How properties are tried here: the same examples every time, however slow the machine."""

from hypothesis import settings

settings.register_profile("reading", deadline=None, derandomize=True)
settings.load_profile("reading")
