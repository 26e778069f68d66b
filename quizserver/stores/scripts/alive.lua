-- A sign of life of a server that runs a battle.
-- KEYS[1] alive (hash: at, before, token)
-- ARGV[1] a token of this call: if the answer to a call is lost and it comes again, it is told the same, not of itself
-- ARGV[2] how far our time is ahead of this server's clock, in milliseconds
-- Returns when the last sign before this call was given, in milliseconds of our time ("0": never), and when this one.
local time = redis.call("TIME")
local now = string.format("%.0f", tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) + tonumber(ARGV[2]))
local last = redis.call("HMGET", KEYS[1], "at", "before", "token")
local before = last[3] == ARGV[1] and last[2] or last[1] or "0"
redis.call("HSET", KEYS[1], "at", now, "before", before, "token", ARGV[1])
return {before, now}
