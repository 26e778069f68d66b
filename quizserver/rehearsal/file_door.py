"""The door through which a desk's file is carried to the host: one request over HTTP."""

import asyncio
import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from quizserver.rehearsal.line import NoReply, Refusal, View

REPLIES = 6  # of the server's that a whole file takes: one a hundred marks, and one a round


class FileDoor:
    """Of one battle. `url`: the server's socket (ws://... or wss://...), `key` the host's."""

    def __init__(self, url: str, key: str, battle: str, reply_s: float) -> None:
        self._at, self._key, self._battle, self._reply_s = urlsplit(url), key, battle, reply_s

    async def bring(self, venue: str, file: bytes) -> View | Refusal:
        """What became of it. Raises NoReply."""
        try:
            status, told = await asyncio.to_thread(self._post, venue, file)
        except (OSError, HTTPException, ValueError) as fault:
            raise NoReply(f"A desk's file could not be brought: {fault}.") from None
        if status != 200:
            return Refusal(told["code"])
        brought: View = told["brought"]
        return brought

    def _post(self, venue: str, file: bytes) -> tuple[int, View]:
        kind = HTTPSConnection if self._at.scheme == "wss" else HTTPConnection
        asked = urlencode({"battle": self._battle, "venue": venue, "act": "import"})
        door = kind(self._at.netloc, timeout=self._reply_s * REPLIES)
        try:
            door.request("POST", f"/staff/carried?{asked}", file, {"Authorization": f"Bearer {self._key}"})
            reply = door.getresponse()
            told: View = json.loads(reply.read())
            return reply.status, told
        finally:
            door.close()
