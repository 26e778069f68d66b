// Node's socket.io: everybody in one room, and one `emit` to the room.
import { createServer } from "node:http";
import { Server } from "socket.io";

const SIZE = 600, ROOM = "teams";
const PATIENCE_MS = 300_000; // for an answer to a ping: nobody shall be lost while other servers are measured on the same core
const message = { text: ".".repeat(SIZE - '42["question",{"text":""}]'.length) };
const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, pingTimeout: PATIENCE_MS });
io.on("connection", (socket) => socket.join(ROOM));
process.stdin.on("data", () => io.to(ROOM).emit("question", message));
process.stdin.on("end", () => process.exit());
http.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => console.log(`ready ${http.address().port}`));
