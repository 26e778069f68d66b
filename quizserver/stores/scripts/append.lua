-- Appends entries to a ledger and tells boxes their rules: all of it, or nothing.
-- KEYS[1] ledger (stream)   KEYS[2] head (hash)   KEYS[3..] a box (hash) for each change
-- ARGV[1..3] epoch, version and hash of the head that the caller knows   ARGV[4] the epoch from now on   ARGV[5] number of entries
--   then for each entry: version, body, hash, beside
--   then for each change: counts, opens_at_ms, cut_off_ms ("" not known), paused (0|1), closed (0|1)
-- Returns {"appended", epoch, version, hash} of the last entry,
--   {"lost", epoch, version, hash, entries after the caller's version} of the present head, or
--   {"later", greatest stamp} when a cut-off would fall before an accepted answer.
-- Numbers that are stored or compared as texts stay the texts they came as: Lua would print 1e+15.
local MOST_MISSING = 500 -- one who missed more reads on by itself

local ENTRIES_FROM = 6
local count = tonumber(ARGV[5])
local CHANGES_FROM = ENTRIES_FROM + 4 * count

local head = redis.call("HMGET", KEYS[2], "epoch", "version", "hash")
local epoch, version, hash = head[1] or "0", head[2] or "0", head[3] or ""

if epoch ~= ARGV[1] or version ~= ARGV[2] or hash ~= ARGV[3] then
  local last = CHANGES_FROM - 4
  local found = redis.call("XRANGE", KEYS[1], ARGV[last] .. "-0", ARGV[last] .. "-0")
  if found[1] and found[1][2][4] == ARGV[last + 2] then
    return {"appended", epoch, ARGV[last], ARGV[last + 2]} -- this very append had arrived
  end
  return {"lost", epoch, version, hash, redis.call("XRANGE", KEYS[1], "(" .. ARGV[2] .. "-0", "+", "COUNT", MOST_MISSING)}
end

local function change_at(index)
  local first = CHANGES_FROM + 5 * (index - 3)
  return ARGV[first], ARGV[first + 1], ARGV[first + 2], ARGV[first + 3], ARGV[first + 4]
end

local closed, later = {}, nil
for index = 3, #KEYS do
  local box = redis.call("HMGET", KEYS[index], "closed", "greatest")
  closed[index] = box[1] == "1" -- its rules are final, and it never reopens
  local _, _, cut_off = change_at(index)
  local greatest = box[2]
  if not closed[index] and cut_off ~= "" and greatest and tonumber(cut_off) < tonumber(greatest) then
    if not later or tonumber(later) < tonumber(greatest) then
      later = greatest
    end
  end
end
if later then
  return {"later", later}
end

for first = ENTRIES_FROM, CHANGES_FROM - 4, 4 do
  version, hash = ARGV[first], ARGV[first + 2]
  redis.call("XADD", KEYS[1], version .. "-0", "body", ARGV[first + 1], "hash", hash, "beside", ARGV[first + 3])
end
redis.call("HSET", KEYS[2], "epoch", ARGV[4], "version", version, "hash", hash)
for index = 3, #KEYS do
  if not closed[index] then
    local counts, opens_at, cut_off, paused, closes = change_at(index)
    redis.call("HSET", KEYS[index], "counts", counts, "opens_at", opens_at, "cut_off", cut_off, "paused", paused, "closed", closes)
  end
end
return {"appended", ARGV[4], version, hash}
