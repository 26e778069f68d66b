-- Lets readers see a new version of a standing, unless they see a newer one already.
-- KEYS[1] pointer (string)   KEYS[2] places of the new version (zset)   KEYS[3] its points (hash)
-- ARGV[1] the new version   ARGV[2] lifetime of what is read, in seconds   ARGV[3] of what readers may still be at, in seconds
-- Returns 1 when the new version is the one that is read, else 0. Repeating changes nothing.
local present = redis.call("GET", KEYS[1])
if present and tonumber(present) > tonumber(ARGV[1]) then
  redis.call("DEL", KEYS[2], KEYS[3])
  return 0
end
redis.call("SET", KEYS[1], ARGV[1], "EX", ARGV[2])
redis.call("EXPIRE", KEYS[2], ARGV[2])
redis.call("EXPIRE", KEYS[3], ARGV[2])
if present and present ~= ARGV[1] then
  local former = KEYS[1] .. ":" .. present -- of the same tag, so in the same slot
  redis.call("EXPIRE", former, ARGV[3])
  redis.call("EXPIRE", former .. ":points", ARGV[3])
end
return 1
