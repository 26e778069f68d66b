"""The rules of a quiz battle: a pure state machine with no clock, no randomness and no await.

What may be asked (`commands`), what comes of it (`decide`), what is told of it (`events`) and what that changes (`evolve`) are
parted into the same rooms, so that a subject stands under one word in all four: seats, paper, clock, late.
"""
