"""The rules of a quiz battle: a pure state machine with no clock, no randomness and no await."""
