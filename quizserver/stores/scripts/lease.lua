-- Holds a process's lease on the battles it runs.
-- KEYS[1] clock (string)   KEYS[2..] leases of each battle (zset: process -> end of its lease)
-- ARGV[1] process   ARGV[2] how long a lease holds   ARGV[3] after which leases are forgotten that nobody renews   (milliseconds)
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000) + (redis.call("GET", KEYS[1]) or 0)
for each = 2, #KEYS do
  redis.call("ZADD", KEYS[each], now + ARGV[2], ARGV[1])
  redis.call("ZREMRANGEBYSCORE", KEYS[each], "-inf", now - ARGV[2])
  redis.call("PEXPIRE", KEYS[each], ARGV[3])
end
