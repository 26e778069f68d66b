"""The port `Keyring` in memory."""

from collections.abc import Sequence
from dataclasses import replace

from quizserver.services.ports import SignedIn
from tests.support.fakes.memory import Memory
from tests.support.fakes.presence import wall_clock_ms


class FakeKeyring:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def remember_host(self, token_hash: str, browser: str, name: str = "") -> None:
        self._memory.check()
        self._memory.hosts[token_hash] = SignedIn(token_hash, wall_clock_ms(), wall_clock_ms(), browser, name)

    async def seen(self, token_hashes: Sequence[str]) -> frozenset[str]:
        self._memory.check()
        hosts = self._memory.hosts
        for each in hosts.keys() & token_hashes:
            hosts[each] = replace(hosts[each], seen_ms=wall_clock_ms())
        return frozenset(hosts.keys() & token_hashes)

    async def hosts(self) -> Sequence[SignedIn]:
        self._memory.check()
        return sorted(self._memory.hosts.values(), key=lambda each: -each.seen_ms)

    async def forget_hosts(self, token_hashes: Sequence[str]) -> None:
        self._memory.check()
        for each in token_hashes:
            self._memory.hosts.pop(each, None)
            self._memory.signed_out.add(each)

    async def signed_out(self, token_hashes: Sequence[str]) -> frozenset[str]:
        self._memory.check()
        return frozenset(self._memory.signed_out & {*token_hashes})
