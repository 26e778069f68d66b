-- Puts a copy of a ledger without names in its place, if it is a whole copy. Ids, bodies and hashes are the same, so followers go on.
-- KEYS[1] ledger (stream)   KEYS[2] the copy (stream)
-- Returns 1, or 0 where entries were appended since: copy them too, and come back.
local last, copied = redis.call("XREVRANGE", KEYS[1], "+", "-", "COUNT", 1), redis.call("XREVRANGE", KEYS[2], "+", "-", "COUNT", 1)
if not last[1] or not copied[1] or last[1][1] ~= copied[1][1] or last[1][2][4] ~= copied[1][2][4] then
  return 0
end
redis.call("RENAME", KEYS[2], KEYS[1])
return 1
