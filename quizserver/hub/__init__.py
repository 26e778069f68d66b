"""WebSocket transport: sessions, rooms and frames; it awaits no client."""
