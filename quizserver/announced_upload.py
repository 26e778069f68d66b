"""A file of announcements from the console, XLSX or CSV: `POST /staff/announced?battle=ID`, the file as the body, a host's key in
`Authorization: Bearer KEY`. Answered by how many are `new` and `known`, and each line that `failed`; `&take=yes` takes those that
can be.
"""

from starlette.requests import Request
from starlette.responses import Response

from quizserver.asked_over_http import answered, body_of, host_of
from quizserver.battle.refusals import Refused
from quizserver.hub.house import House
from quizserver.hub.replies import UNAVAILABLE
from quizserver.services.ports import StoreGone
from quizserver.spreadsheets.limits import MOST_BYTES
from quizserver.spreadsheets.reader import TOO_BIG, Reader


class AnnouncedUpload:
    """`reader`: where strangers' files are read."""

    def __init__(self, house: House, reader: Reader | None = None) -> None:
        self._house, self._reader = house, reader or Reader()

    async def endpoint(self, request: Request) -> Response:
        """What of the file is taken, or would be."""
        return answered(await self._told(request))

    async def _told(self, request: Request) -> object:
        who = await host_of(self._house, request, request.query_params.get("battle", ""))
        if isinstance(who, Refused):
            return who
        assert who.live
        raw = await body_of(request, MOST_BYTES, TOO_BIG)
        tables = raw if isinstance(raw, Refused) else await self._reader.read(raw)
        if isinstance(tables, Refused):
            return tables
        announcing, really = self._house.backstage.announcing, request.query_params.get("take") == "yes"
        try:
            return await announcing.take_in(who.live.id, who.live.known, tables, really)
        except StoreGone:
            return UNAVAILABLE
