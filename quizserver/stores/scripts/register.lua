-- Claims a PIN for a battle. A battle has one PIN: claiming another gives the first one back.
-- KEYS[1] battles (hash: battle -> "<number> <pin>")   KEYS[2] pins (hash: pin -> battle)
-- ARGV[1] battle   ARGV[2] pin
-- Returns 1 when the PIN is the battle's, 0 when it is another's. Repeating changes nothing.
local battle, pin = ARGV[1], ARGV[2]
local holder = redis.call("HGET", KEYS[2], pin)
if holder then
  return holder == battle and 1 or 0
end
local number = redis.call("HLEN", KEYS[1]) + 1
local entry = redis.call("HGET", KEYS[1], battle)
local former
if entry then
  number, former = entry:match("^(%d+) (.*)$")
end
redis.call("HSET", KEYS[2], pin, battle)
redis.call("HSET", KEYS[1], battle, number .. " " .. pin)
if former then
  redis.call("HDEL", KEYS[2], former)
end
return 1
