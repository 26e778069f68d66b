"""A message of ours as one WebSocket frame (RFC 6455, 5.2): whole, unmasked, uncompressed. Built once, written to many."""

from quizserver.wire.codec import Encoding

TEXT, BINARY = 0x81, 0x82  # with FIN: the whole message is in this frame
SHORT = 126  # a length from here on needs more bytes than the one
LONG = 1 << 16


def framed(encoding: Encoding, message: bytes) -> bytes:
    """The frame of an encoded message: binary for msgpack, text for JSON."""
    first, length = BINARY if encoding is Encoding.MSGPACK else TEXT, len(message)
    if length < SHORT:
        return bytes((first, length)) + message
    if length < LONG:
        return bytes((first, 126)) + length.to_bytes(2) + message
    return bytes((first, 127)) + length.to_bytes(8) + message


def unframed(frame: bytes) -> bytes:
    """The encoded message of a frame that `framed` made; for transports whose server makes its own frames."""
    length = frame[1]
    return frame[2 if length < SHORT else 4 if length == SHORT else 10 :]
