"""What a client has asked and not been answered: which message is the answer to which."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from itertools import count
from typing import Any

from quizserver.rehearsal.line import NoReply

Message = Mapping[str, Any]
Answer = asyncio.Future[Message]
WELCOME: Message = {"t": "hello"}
"""Stands for the hello of a connection, whose answer is the welcome."""


class Unanswered:
    """Of one client."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[Message, Answer]]] = defaultdict(list)
        self._numbers = count(1)

    def expect(self, message: Message) -> tuple[Message, Answer]:
        """The message as it is to be sent (some are numbered), and its answer, which will come."""
        answer: Answer = asyncio.get_running_loop().create_future()
        if message["t"] not in ("answer", "join", "hello", "clock"):
            message = {**message, "n": next(self._numbers)}
        self._waiting[_key_of_asked(message)].append((message, answer))
        return message, answer

    def answered(self, message: Message) -> None:
        """Of the same thing asked twice, the first that asked is answered first; what answers nothing is passed over."""
        waiting = self._waiting.get(_key_of_answer(message), [])
        while waiting:
            _, answer = waiting.pop(0)
            if not answer.done():
                answer.set_result(message)
                return

    def to_send_again(self) -> list[Message]:
        """What a new connection must ask once more; the hello goes by itself."""
        pairs = [pair for waiting in self._waiting.values() for pair in waiting]
        return [message for message, answer in pairs if message["t"] != "hello" and not answer.done()]

    def give_up(self, why: str) -> None:
        """Nothing more will be answered."""
        for waiting in self._waiting.values():
            for _, answer in waiting:
                if not answer.done():
                    answer.set_exception(NoReply(why))
        self._waiting.clear()


def _key_of_asked(message: Message) -> str:
    match message["t"]:
        case "answer":
            return f"answer {message['id']}"
        case "clock":
            return f"clock {message['sent']}"
        case "join" | "hello" as key:
            return str(key)
    return f"number {message['n']}"


def _key_of_answer(message: Message) -> str:
    match message["t"]:
        case "ack":
            return f"answer {message['id']}"
        case "clock":
            return f"clock {message['sent']}"
        case "done" | "page":
            return f"number {message['n']}"
        case "joined":
            return "join"
        case "welcome":
            return "hello"
        case "refused":
            return str(message["to"])
    return ""
