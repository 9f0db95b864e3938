/** Small programs that run inside the application's container, with Python's own library only. */

/**
 * Asks EJ itself for a page, under its public name and as through HTTPS; says the status, then each header that is named.
 */
export const ownPage = `
import http.client, os, sys
path, *names = sys.argv[1:]
ej = http.client.HTTPConnection('127.0.0.1', 8000, timeout=30)
ej.request('GET', path, headers={'Host': os.environ['DJANGO_HOSTNAME'], 'X-Forwarded-Proto': 'https'})
answer = ej.getresponse()
print(answer.status)
for name in names:
    print(name + ': ' + (answer.getheader(name) or ''))
`.trim();

/**
 * Signs in as a person would, by way of the application's own port: the form, its token, the password. Address and
 * password are on standard input.
 */
export const signIn = `
import http.client, os, re, sys
from urllib.parse import urlencode
email, password = sys.stdin.read().split('\\n')[:2]
host, cookies = os.environ['DJANGO_HOSTNAME'], {}
def ask(method, path, fields=None):
    ej = http.client.HTTPConnection('127.0.0.1', 8000, timeout=30)
    headers = {'Host': host, 'X-Forwarded-Proto': 'https', 'Referer': 'https://' + host + path,
               'Cookie': '; '.join(k + '=' + v for k, v in cookies.items())}
    body = urlencode(fields) if fields else None
    if body:
        headers['Content-Type'] = 'application/x-www-form-urlencoded'
    ej.request(method, path, body, headers)
    answer = ej.getresponse()
    for name, value in answer.getheaders():
        if name.lower() == 'set-cookie':
            key, _, rest = value.partition('=')
            cookies[key] = rest.split(';')[0]
    return answer.status, answer.read().decode(errors='replace')
path = sys.argv[1]
_, page = ask('GET', path)
token = re.search('name=.csrfmiddlewaretoken. value=.(\\\\w+)', page)
if token is None:
    sys.exit('no form with a token at ' + path)
# The administration calls the address a user name.
fields = {'csrfmiddlewaretoken': token.group(1), 'username': email, 'password': password}
status, _ = ask('POST', path, fields)
print('SETUP-WIZARD', 'yes' if status == 302 else 'no: %s' % status)
`.trim();

/**
 * Rocket.Chat's settings through its API. Standard input: a line of JSON that says where and as whom, and after it what
 * "restore" gives back. "check" and "set" take the names of settings, "get" prints what they are now.
 */
export const rocketSettings = `
import json, sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen
mode, *names = sys.argv[1:]
given = json.loads(sys.stdin.readline())
ej = 'https://' + given['ej']
wanted = {
    'Accounts_iframe_enabled': True,
    'Accounts_iframe_url': ej + '/talks/login/?next=/talks/',
    'Accounts_Iframe_api_url': ej + '/talks/api-login/',
    'Accounts_Iframe_api_method': 'POST',
    'Accounts_AllowUsernameChange': False,
    'Accounts_AllowEmailChange': False,
    'Accounts_AllowPasswordChange': False,
}
def ask(path, fields=None, more={}):
    body = None if fields is None else json.dumps(fields).encode()
    headers = dict({'Content-Type': 'application/json'}, **more)
    try:
        return json.load(urlopen(Request(given['api'] + '/api/v1/' + path, body, headers), timeout=30))
    except HTTPError as error:
        sys.exit('%s: %s' % (path, error.code))
signed = ask('login', {'username': given['user'], 'password': given['password']})['data']
token = {'X-User-Id': signed['userId'], 'X-Auth-Token': signed['authToken']}
def read(name):
    return ask('settings/' + name, None, token)['value']
def write(name, value):
    ask('settings/' + name, {'value': value}, token)
if mode == 'get':
    print(json.dumps({name: read(name) for name in names}))
elif mode == 'restore':
    for name, value in json.loads(sys.stdin.read()).items():
        write(name, value)
elif mode == 'set':
    for name in names:
        write(name, wanted[name])
differing = [name for name in names if mode != 'get' and read(name) != wanted[name]]
if mode in ('check', 'set'):
    print('SETUP-WIZARD', 'yes' if not differing else 'no: ' + ' '.join(differing))
`.trim();

/** The customization script of the repository, without what it does: `script` is what it would put there. */
const whatItSets =
  'eval(cat("/scripts/mongo_script.js").split("db.")[0].replace("const script", "var script"));';
const found = 'db.rocketchat_settings.findOne({ _id: "Custom_Script_Logged_In" })';

export const mongoIsSet = `${whatItSets} var found = ${found}; print(found && found.value === script ? "yes" : "no")`;
export const mongoValue = `print(JSON.stringify(${found}.value))`;
/** What follows on standard input is given to `former`. */
export const mongoGiveBack =
  'Object.defineProperty(this, "former", { set: function (value) { db.rocketchat_settings.updateOne({ _id: "Custom_Script_Logged_In" }, { $set: { value: value } }); } }); former = ';
