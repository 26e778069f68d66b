"""For all tests: how long a property takes depends on the machine, and is the suites' affair."""

from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
