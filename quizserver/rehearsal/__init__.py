"""A seeded evening played against a real server over real sockets; it never looks inside the server."""
