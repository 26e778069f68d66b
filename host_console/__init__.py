"""Staff pages: host console and paper desk; the only folder that is ever given a host's view."""
