"""The language on the socket: messages, both encodings, close codes; no socket is opened here."""
