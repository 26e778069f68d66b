"""What a tutorial does: a list of websockets, and a loop that awaits each of them."""

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.bench.servers.obeying import payload
from tests.bench.servers.on_uvicorn import serve

everybody: dict[WebSocket, None] = {}
message = payload()


async def endpoint(websocket: WebSocket) -> None:
    await websocket.accept()
    everybody[websocket] = None
    try:
        while True:
            await websocket.receive_bytes()
    except WebSocketDisconnect:
        pass
    finally:
        del everybody[websocket]


async def broadcast() -> None:
    for websocket in list(everybody):
        await websocket.send_bytes(message)


if __name__ == "__main__":
    serve(Starlette(routes=[WebSocketRoute("/ws", endpoint)]), broadcast)
