-- Ends writing into a closed box. Repeating changes nothing.
-- KEYS[1] box (hash)
-- Returns "sealed", "dropped" when its rows are no longer there, or "open" when there is no closed box.
local box = redis.call("HMGET", KEYS[1], "closed", "sealed", "dropped")
if box[3] == "1" then
  return "dropped"
end
if box[1] ~= "1" then
  return "open"
end
if box[2] ~= "1" then
  redis.call("HSET", KEYS[1], "sealed", "1")
end
return "sealed"
