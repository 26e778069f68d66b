-- Offers answers to their boxes, in order, and says what became of each. Reads no clock: the stamps come with the answers.
-- KEYS[1] head (hash: counts the batches)   KEYS[2] answers (stream)
--   then for each box: box (hash), rows (hash), teams (hash), missed (hash); keys.py says what stands in them
-- ARGV[1] msgpack, one list: for each answer number of its box (from 0), id, team, device, value, stamp_ms (text), seen, held (boolean)
-- ARGV[2] a name for this batch that nobody else gives
-- Returns for each answer "<verdict> <revision> <stamp_ms> <stands 0|1>". What was recorded now is also one entry of the stream: "batch" -> its name,
--   "<question> <opening> <id>" -> "<stands> <revision> <stamp> <team> <value>", the first two taken from the name of the box.
local MOST_REVISIONS = 64
local MOST_MISSED = 500 -- rows a host would look through
local MOST_LATE = 20000 -- each of a hall's devices has one; the seal comes within seconds, and after it nothing is recorded
local BATCHES_KEPT = 1000 -- who falls behind further sees the hole in the numbers, and reads the boxes

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

local boxes = {}
local function box_at(number)
  if not boxes[number] then
    local first = 3 + 4 * number
    local rules = redis.call("HMGET", KEYS[first], "counts", "opens_at", "cut_off", "paused", "sealed", "greatest", "late")
    boxes[number] = {
      key = KEYS[first], rows = KEYS[first + 1], teams = KEYS[first + 2], missed = KEYS[first + 3],
      exists = rules[1], counts = rules[1], opens_at = tonumber(rules[2] or 0), cut_off = tonumber(rules[3] or ""),
      paused = rules[4] == "1", sealed = rules[5] == "1", greatest = rules[6], late = tonumber(rules[7] or 0),
      name = KEYS[first]:match(":box:(.*):%d+$") .. " " .. KEYS[first]:match("%d+$"),
      known = {}, fresh = {}, new_rows = {}, new_teams = 0, -- what this call has read of teams, and what it has to write
    }
  end
  return boxes[number]
end

local function team_in(box, team)
  if not box.known[team] then
    local row = redis.call("HGET", box.teams, team)
    local revision, stamp, id, device, other = (row or ""):match("^(%d+) (%S+) (%S+) (%S*) (%d+)$")
    box.known[team] = {revision = tonumber(revision or 0), stamp = stamp, id = id, device = device, other = tonumber(other or 0)}
  end
  return box.known[team]
end

-- A row of a dropped box: a digest stands for team and value.
local function is_known(answer, row)
  local said = answer.team .. " " .. answer.value
  local digest = row:match("^%d+ %S+ =%d (%S+)$")
  if digest then return digest == redis.sha1hex(said):sub(1, 16) end
  return row:match("^%d+ %S+ (.*)$") == said
end

-- A device that was told so by one server has put the answer away; another server may still hold it, read in time.
local function was_late(box, answer)
  return box.late > 0 and redis.call("HEXISTS", box.key, "late " .. answer.id) == 1
end

local function examine(box, answer)
  local row = box.fresh[answer.id] or redis.call("HGET", box.rows, answer.id)
  if row then return is_known(answer, row) and "recorded" or "conflict", row end
  row = box.sealed and redis.call("HGET", box.missed, answer.id)
  if row then return is_known(answer, row) and "missed" or "conflict", row end
  local stamp = tonumber(answer.stamp)
  if not box.exists or stamp < box.opens_at then return "not_open" end
  if box.cut_off and stamp > box.cut_off then return "late" end
  if box.sealed then return "missed" end
  if was_late(box, answer) then return "late" end
  if box.paused then return "paused" end
  local team = team_in(box, answer.team)
  if box.counts == "first" and team.revision > 0 then return "locked" end
  local by_others = team.device == answer.device and team.other or team.revision
  if answer.held and by_others > answer.seen then return "superseded" end
  if team.revision >= MOST_REVISIONS then return "limit" end
  return "recorded"
end

local function record(box, answer)
  local team = team_in(box, answer.team)
  if team.revision == 0 then box.new_teams = box.new_teams + 1 end
  if team.device ~= answer.device then team.other = team.revision end
  team.revision, team.device = team.revision + 1, answer.device
  if not team.id or stands_before(team.stamp, team.id, answer.stamp, answer.id) then
    team.stamp, team.id = answer.stamp, answer.id
  end
  if not box.greatest or tonumber(box.greatest) < tonumber(answer.stamp) then box.greatest = answer.stamp end
  team.changed = true
  local row = string.format("%d ", team.revision) .. answer.stamp .. " " .. answer.team .. " " .. answer.value
  box.fresh[answer.id] = row
  box.new_rows[#box.new_rows + 1] = answer.id
  box.new_rows[#box.new_rows + 1] = row
  return row
end

local function miss(box, answer)
  if redis.call("HLEN", box.missed) < MOST_MISSED then
    redis.call("HSET", box.missed, answer.id, "0 " .. answer.stamp .. " " .. answer.team .. " " .. answer.value)
  end
end

local function be_late(box, answer)
  if box.late < MOST_LATE and redis.call("HSETNX", box.key, "late " .. answer.id, "") == 1 then
    box.late = redis.call("HINCRBY", box.key, "late", 1)
  end
end

local function write(box)
  redis.call("HSET", box.rows, unpack(box.new_rows))
  local changed = {}
  for name, team in pairs(box.known) do
    if team.changed then
      changed[#changed + 1] = name
      changed[#changed + 1] = string.format("%d ", team.revision) .. team.stamp .. " " .. team.id .. " " .. team.device
        .. string.format(" %d", team.other)
    end
  end
  redis.call("HSET", box.teams, unpack(changed))
  redis.call("HSET", box.key, "greatest", box.greatest)
  redis.call("HINCRBY", box.key, "teams", box.new_teams)
end

local function stands(box, answer, row)
  return row:match("^%d+ %S+ =(%d)") or (team_in(box, answer.team).id == answer.id and "1" or "0")
end

local told = {}
local offered = cmsgpack.unpack(ARGV[1])
for first = 1, #offered, 8 do
  local box = box_at(offered[first])
  local answer = {
    id = offered[first + 1], team = offered[first + 2], device = offered[first + 3], value = offered[first + 4],
    stamp = offered[first + 5], seen = offered[first + 6], held = offered[first + 7],
  }
  local verdict, row = examine(box, answer)
  local new = verdict == "recorded" and not row
  if new then row = record(box, answer) end
  if verdict == "missed" and not row then miss(box, answer) end
  if verdict == "late" and not box.sealed then be_late(box, answer) end
  told[#told + 1] = {box = box, answer = answer, verdict = verdict, row = row, new = new}
end

-- Only now is it known which revision stands: a later answer of the same batch may have taken its place.
local results, news = {}, {}
for at, one in ipairs(told) do
  local box, answer = one.box, one.answer
  if one.verdict == "recorded" then
    local revision, stamp = one.row:match("^(%d+) (%S+)")
    local flag = stands(box, answer, one.row)
    results[at] = "recorded " .. revision .. " " .. stamp .. " " .. flag
    if one.new then
      news[#news + 1] = box.name .. " " .. answer.id
      news[#news + 1] = flag .. " " .. one.row
    end
  else
    local stamp = one.verdict == "missed" and one.row and one.row:match("^%d+ (%S+)") or answer.stamp
    results[at] = one.verdict .. string.format(" %d ", team_in(box, answer.team).revision) .. stamp .. " 0"
  end
end
for _, box in pairs(boxes) do
  if #box.new_rows > 0 then write(box) end
end
if #news > 0 then
  local number = string.format("%d-0", redis.call("HINCRBY", KEYS[1], "answers", 1))
  redis.call("XADD", KEYS[2], "MAXLEN", "~", BATCHES_KEPT, number, "batch", ARGV[2], unpack(news))
end
return results
