-- Adds rows to a version of a standing that nobody reads yet.
-- KEYS[1] its places (zset)   KEYS[2] its points (hash)
-- ARGV[1] msgpack: place, team, place, team...   ARGV[2] msgpack: team, points, team, points...   ARGV[3] lifetime of both, in seconds
-- Repeating changes nothing.
redis.call("ZADD", KEYS[1], unpack(cmsgpack.unpack(ARGV[1])))
redis.call("HSET", KEYS[2], unpack(cmsgpack.unpack(ARGV[2])))
redis.call("EXPIRE", KEYS[1], ARGV[3])
redis.call("EXPIRE", KEYS[2], ARGV[3])
