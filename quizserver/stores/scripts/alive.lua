-- A sign of life of a server that runs a battle.
-- KEYS[1] alive (hash: at, before, token)   KEYS[2] clock (string: how far our time is ahead of this server's, in milliseconds)
-- ARGV[1] a token of this call: if the answer to a call is lost and it comes again, it is told the same, not of itself
-- Returns when the last sign before this call was given, in milliseconds of our time ("0": never), when this one, and the clock.
local time, ahead = redis.call("TIME"), redis.call("GET", KEYS[2]) or "0"
local now = string.format("%.0f", tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) + tonumber(ahead))
local last = redis.call("HMGET", KEYS[1], "at", "before", "token")
local before = last[3] == ARGV[1] and last[2] or last[1] or "0"
redis.call("HSET", KEYS[1], "at", now, "before", before, "token", ARGV[1])
return {before, now, ahead}
