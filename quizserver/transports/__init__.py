"""How bytes of WebSockets reach the hub and leave it: one interface, three transports, chosen by a setting."""
