#!lua flags=allow-oom
-- Frees most of what a sealed box takes, some rows at a time, so that nobody waits. What stays tells a repeated answer what became
-- of it. It runs on a full Redis too.
-- KEYS[1] box (hash)   KEYS[2] rows (hash)   KEYS[3] teams (hash)
-- ARGV[1] where to go on; "0" at first   ARGV[2] about how many rows
-- Returns where to go on; "0" when all is done, or when the box is not sealed. Beginning again is harmless.
local box = redis.call("HMGET", KEYS[1], "sealed", "dropped")
if box[1] ~= "1" or (box[2] == "1" and redis.call("EXISTS", KEYS[3]) == 0) then
  return "0"
end
redis.call("HSET", KEYS[1], "dropped", "1")
local page = redis.call("HSCAN", KEYS[2], ARGV[1], "COUNT", ARGV[2])
local rows, changed = page[2], {}
for at = 1, #rows, 2 do
  local revision, stamp, said = rows[at + 1]:match("^(%d+) (%S+) (.*)$")
  if said:sub(1, 1) ~= "=" then
    local team = redis.call("HGET", KEYS[3], said:match("^(%S+)"))
    local stands = team:match("^%d+ %S+ (%S+)") == rows[at] and "1" or "0"
    changed[#changed + 1] = rows[at]
    changed[#changed + 1] = revision .. " " .. stamp .. " =" .. stands .. " " .. redis.sha1hex(said):sub(1, 16)
  end
end
if #changed > 0 then
  redis.call("HSET", KEYS[2], unpack(changed))
end
if page[1] == "0" then
  redis.call("UNLINK", KEYS[3])
end
return page[1]
