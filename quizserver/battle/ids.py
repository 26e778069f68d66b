"""Names of the things in a battle. Ids are made at random and are never reused; nothing is read out of them."""

from typing import NewType

BattleId = NewType("BattleId", str)
VenueId = NewType("VenueId", str)
TeamId = NewType("TeamId", str)
SeatId = NewType("SeatId", str)
RoundId = NewType("RoundId", str)
QuestionId = NewType("QuestionId", str)
OptionId = NewType("OptionId", str)
ScorekeeperId = NewType("ScorekeeperId", str)
"""80 random bits in 16 letters of base 32. Made by the desk's device, for a scorekeeper may sit down where there is no network."""
AnswerId = NewType("AnswerId", str)
"""128 random bits as 32 hexadecimal digits, made by the device: the key under which a repeated answer is recognised."""
