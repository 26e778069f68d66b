"""A press that draws where it stands, for tests of who may print: a process a page would take most of their time."""

from collections.abc import AsyncGenerator
from io import BytesIO

from quizserver.printing.__main__ import draw
from quizserver.printing.press import Press


class PressAtHand(Press):
    async def _drawn(self, job: bytes) -> AsyncGenerator[bytes, None]:
        out = BytesIO()
        draw(job, out)
        yield out.getvalue()
