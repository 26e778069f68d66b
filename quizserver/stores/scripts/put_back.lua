-- Puts rows that the archive kept back into a box of a store that has lost them. Repeating changes nothing; known ids stay.
-- KEYS[1] box (hash)   KEYS[2] rows (hash)   KEYS[3] teams (hash)
-- ARGV for each row: id, team, revision, stamp_ms, value
-- Returns how many were put back; none where the box is sealed. Whose device wrote them nobody knows any more.

-- The operator < of Lua follows the locale of the server.
local function less(a, b)
  for at = 1, math.min(#a, #b) do
    local left, right = a:byte(at), b:byte(at)
    if left ~= right then
      return left < right
    end
  end
  return #a < #b
end

local function stands_before(stamp, id, other_stamp, other_id)
  local left, right = tonumber(stamp), tonumber(other_stamp)
  return left < right or (left == right and less(id, other_id))
end

local box = redis.call("HMGET", KEYS[1], "sealed", "greatest")
if box[1] == "1" then
  return 0
end
local greatest, new_teams, put = box[2] or "0", 0, 0
for first = 1, #ARGV, 5 do
  local id, team, revision, stamp, value = ARGV[first], ARGV[first + 1], ARGV[first + 2], ARGV[first + 3], ARGV[first + 4]
  if redis.call("HSETNX", KEYS[2], id, revision .. " " .. stamp .. " " .. team .. " " .. value) == 1 then
    put = put + 1
    local latest, its_stamp, its_id, device, other =
      (redis.call("HGET", KEYS[3], team) or ""):match("^(%d+) (%S+) (%S+) (%S*) (%d+)$")
    if not latest then new_teams = new_teams + 1 end
    if not its_id or stands_before(its_stamp, its_id, stamp, id) then its_stamp, its_id = stamp, id end
    if not latest or tonumber(latest) < tonumber(revision) then latest, other, device = revision, latest or "0", "" end
    redis.call("HSET", KEYS[3], team, latest .. " " .. its_stamp .. " " .. its_id .. " " .. device .. " " .. other)
    if tonumber(greatest) < tonumber(stamp) then greatest = stamp end
  end
end
if put > 0 then
  redis.call("HSET", KEYS[1], "greatest", greatest)
  redis.call("HINCRBY", KEYS[1], "teams", new_teams)
end
return put
