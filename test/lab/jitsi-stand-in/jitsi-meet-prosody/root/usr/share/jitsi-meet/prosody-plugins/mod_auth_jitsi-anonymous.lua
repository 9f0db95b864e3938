-- Lets everybody in, under a name that nobody has.
local new_sasl = require "util.sasl".new;

local provider = {};
function provider.test_password() return nil, "no passwords here"; end
function provider.get_password() return nil, "no passwords here"; end
function provider.set_password() return nil, "no passwords here"; end
function provider.user_exists() return nil, "no accounts here"; end
function provider.create_user() return nil, "Account creation/modification not supported."; end
function provider.delete_user() return nil, "no accounts here"; end
function provider.get_sasl_handler()
	return new_sasl(module.host, { anonymous = function () return true; end });
end
module:provides("auth", provider);
