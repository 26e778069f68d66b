"""Public pages: join, play and screen; never given a host's view."""
