"""GET /healthz: 200 while battles can be played, else 503. The public learns no more than that."""

import asyncio
import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse

# Says what is wrong in one sentence, or None when all is well. Anything it raises is a fault of its part.
Check = Callable[[], Awaitable[str | None]]


@dataclass
class Health:
    """Parts register their check under their name; one that is unwell makes the whole unwell."""

    host_key: str
    deadline_s: float
    checks: dict[str, Check] = field(default_factory=dict)

    async def endpoint(self, request: Request) -> JSONResponse:
        troubles = await self.troubles()
        well = not any(troubles.values())
        answer: dict[str, object] = {"status": "ok" if well else "unavailable"}
        if self.may_see_details(request):
            answer["parts"] = {name: trouble or "ok" for name, trouble in troubles.items()}
        return JSONResponse(answer, 200 if well else 503, {"Cache-Control": "no-store"})

    async def troubles(self) -> dict[str, str | None]:
        """The trouble of each part, None where there is none. As slow as the slowest check, at most the deadline."""
        found = await asyncio.gather(*(self._trouble(check) for check in self.checks.values()))
        return dict(zip(self.checks, found, strict=True))

    async def _trouble(self, check: Check) -> str | None:
        try:
            async with asyncio.timeout(self.deadline_s):
                return await check()
        except TimeoutError:
            return f"no answer within {self.deadline_s:g} s"
        except Exception as fault:
            return f"{type(fault).__name__}: {fault}"

    def may_see_details(self, request: Request) -> bool:
        """The person at this machine, or whoever has the host key (Authorization: Bearer KEY)."""
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(key.encode(), self.host_key.encode()) or _is_from_this_machine(request)


def _is_from_this_machine(request: Request) -> bool:
    # A proxy on this machine also comes from loopback; it betrays itself by the name it was asked for or by its header.
    names = (request.client.host if request.client else "", request.url.hostname or "")
    proxied = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    return not proxied and all(_is_loopback(name) for name in names)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
