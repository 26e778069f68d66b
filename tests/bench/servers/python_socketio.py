"""python-socketio: everybody in one room, and one `emit` to the room."""

import socketio

from tests.bench.servers.obeying import payload
from tests.bench.servers.on_uvicorn import serve

ROOM = "teams"
NAME = "question"
AROUND = len('42["question",{"text":""}]')
message = {"text": "." * (len(payload()) - AROUND)}
PATIENCE_S = 300  # for an answer to a ping: nobody shall be lost while other servers are measured on the same core
server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], ping_timeout=PATIENCE_S)


@server.event  # type: ignore[untyped-decorator]
async def connect(sid: str, environ: object) -> None:
    await server.enter_room(sid, ROOM)


async def broadcast() -> None:
    await server.emit(NAME, message, room=ROOM)


if __name__ == "__main__":
    serve(socketio.ASGIApp(server), broadcast)
