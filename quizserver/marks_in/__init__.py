"""From a table that somebody filled in to marks, and to a word on every line that is none. Pure."""
