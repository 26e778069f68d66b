"""Games with faults: real servers, a real Redis, real sockets, a nemesis; and a checker that reads what everybody wrote down."""
