"""Names of the things in a battle. Ids are made by the services at random and are never reused; nothing is read out of them."""

from typing import NewType

BattleId = NewType("BattleId", str)
VenueId = NewType("VenueId", str)
TeamId = NewType("TeamId", str)
SeatId = NewType("SeatId", str)
RoundId = NewType("RoundId", str)
QuestionId = NewType("QuestionId", str)
OptionId = NewType("OptionId", str)
AnswerId = NewType("AnswerId", str)
"""128 random bits as 32 hexadecimal digits, made by the device: the key under which a repeated answer is recognised."""
