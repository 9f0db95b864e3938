-- Reads `first`, `name` and `last` of every N.lua in a folder as Prosody would: by section. One line for each file.
local folder = ...
local function hex(value)
  return "x" .. tostring(value):gsub(".", function(c) return ("%02x"):format(c:byte()) end)
end
for i = 0, math.huge do
  local path = ("%s/%d.lua"):format(folder, i)
  local file = io.open(path)
  if not file then break end
  file:close()
  local hosts, host = { ["*"] = {} }, "*"
  local env = setmetatable({
    VirtualHost = function(name) hosts[name] = hosts[name] or {}; host = name end,
    Component = function(name) hosts[name] = hosts[name] or {}; host = name; return function() end end,
  }, { __newindex = function(_, key, value) hosts[host][key] = value end })
  assert(loadfile(path, "t", env))()
  local a, b = hosts["a.org"], hosts["b.org"]
  print(hex(hosts["*"].first), hex(a.name), hex(b.name), hex(b.last))
end
