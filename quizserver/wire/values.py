"""Kinds of values that messages are made of, each with its bounds. Strict: nothing is converted, nothing is cut."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MOST_PARTS = 64  # values inside one answer
MOST_LETTERS = 4000  # in one answer all together; its kind of question says more exactly how long is too long
LONGEST_TIME = 2**53 - 1


class Strict(BaseModel):
    """A map with exactly these keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _small(value: Any) -> Any:
    parts, letters = _size(value)
    if parts > MOST_PARTS or letters > MOST_LETTERS:
        raise ValueError("too long")
    return value


def _size(value: Any) -> tuple[int, int]:
    """How many values and how many letters there are in a plain value."""
    if isinstance(value, str):
        return 1, len(value)
    inner = value if isinstance(value, list) else [*value.keys(), *value.values()] if isinstance(value, dict) else []
    sizes = [_size(each) for each in inner]
    return 1 + sum(parts for parts, _ in sizes), sum(letters for _, letters in sizes)


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]
Hex128 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Nonce = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{16}$")]
"""96 bits in base 64: names a sealed key."""
Scorekeeper = Annotated[str, Field(pattern=r"^[a-z2-7]{16}$")]
"""80 random bits in base 32."""
Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,128}$")]
Receipt = Annotated[str, Field(pattern=r"^[0-9]{1,16}\.[0-9]{1,3}\.[0-9a-f]{32}$")]
Pin = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,16}$")]
Browser = Annotated[str, Field(pattern=r"^[A-Za-z0-9 .,_-]{0,40}$")]
"""What a console says it is: only ever shown, so that people can tell one from another."""
Password = Annotated[str, Field(min_length=1, max_length=256, repr=False)]
"""Twice what a password may have: some systems write one letter as two."""
Code = Annotated[str, Field(max_length=16)]
SheetText = Annotated[str, Field(max_length=40)]
"""A sheet's number as somebody typed it; the battle reads it."""
Words = Annotated[str, Field(max_length=300)]
AnyName = str
"""Cleaned by the battle, which has a sentence for each way to be wrong; here only the size of a message bounds it."""

Number = Annotated[int, Field(ge=0, le=2**31)]
Time = Annotated[int, Field(ge=0, le=LONGEST_TIME)]
Value = Annotated[Any, AfterValidator(_small)]
"""What was answered. Its question's kind reads it; here only its size is bounded."""
