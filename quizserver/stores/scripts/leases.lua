-- Processes whose lease on a battle has not run out.
-- KEYS[1] clock (string)   KEYS[2] leases (zset: process -> end of its lease, in milliseconds)
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000) + (redis.call("GET", KEYS[1]) or 0)
return redis.call("ZRANGEBYSCORE", KEYS[2], "(" .. string.format("%.0f", now), "+inf")
