-- Sets how far our time is ahead of this machine's, unless somebody has done so since the caller looked.
-- KEYS[1] clock (string)
-- ARGV[1] what the caller saw   ARGV[2] what it is from now on   (milliseconds)
if (redis.call("GET", KEYS[1]) or "0") == ARGV[1] then
  redis.call("SET", KEYS[1], ARGV[2])
end
