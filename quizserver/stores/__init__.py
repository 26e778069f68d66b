"""Adapters of the ports: Redis, SQL and the bundled Redis server; nobody else imports these products."""
