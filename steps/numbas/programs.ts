/** Small programs that only look: they change nothing, and say in their last line what they saw. */

/**
 * Whether an interpreter is new enough for the Django that a branch pins, before anything is installed: `$1` repository,
 * `$2` branch, `$3` interpreter. One that has to be installed first is told by its name, or by its package.
 */
export const pythonFloor = `
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git init -q "$folder"
git -C "$folder" fetch -q --depth=1 "$1" "$2"
git -C "$folder" cat-file -e FETCH_HEAD:numbasltiprovider/settings.py.dist
django=$(git -C "$folder" show FETCH_HEAD:requirements.txt | sed -n 's/^[Dd]jango==\\([0-9]*\\)\\..*/\\1/p')
case "$django" in
  4) floor=8 ;;
  5) floor=10 ;;
  [6-9] | 1[0-9]) floor=12 ;;
  *) echo "Django \${django:-?}"; exit 1 ;;
esac
version=$("$3" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || version=\${3##*/python}
test "$version" != 3 || version=$(apt-cache show python3 | sed -n 's/^Version: \\(3\\.[0-9]*\\).*/\\1/p' | head -n 1)
echo "Django $django needs Python 3.$floor; $3 is $version"
test "\${version%%.*}" = 3 && test "\${version#*.}" -ge "$floor"
`.trim();

/**
 * Signs in as a person would: the form, its token, the password, and a page for administrators only. Name and password
 * are on standard input; it asks 127.0.0.1, under the public name.
 */
export const signIn = `
import re, ssl, sys, urllib.error, urllib.parse, urllib.request
name, password = sys.stdin.read().split('\\n')[:2]
domain = sys.argv[1]
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
cookies = {}
class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
opener = urllib.request.build_opener(
    NoRedirect, urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
def ask(path, fields=None):
    headers = {'Host': domain, 'Referer': 'https://' + domain + path,
               'Cookie': '; '.join(k + '=' + v for k, v in cookies.items())}
    data = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        answer = opener.open(urllib.request.Request('https://127.0.0.1' + path, data, headers), timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    for line in answer.headers.get_all('Set-Cookie') or []:
        key, _, value = line.split(';')[0].partition('=')
        cookies[key] = value
    return answer.status, answer.read().decode(errors='replace')
status, page = ask('/login')
token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
if token is None:
    sys.exit('/login: %s, no form with a token' % status)
status, _ = ask('/login', {'csrfmiddlewaretoken': token.group(1), 'username': name, 'password': password})
if status != 302:
    sys.exit('sign-in refused: %s' % status)
status, _ = ask('/consumers')
print('SETUP-WIZARD', 'yes' if status == 200 else 'no: /consumers: %s' % status)
`.trim();

/** Writes into the layer that Numbas's processes talk through, and reads it from another process. */
export const channelLayer = `
import subprocess, sys
send = "from asgiref.sync import async_to_sync; from channels.layers import get_channel_layer; "
send += "async_to_sync(get_channel_layer().send)('setup-wizard', {'type': 'look'})"
subprocess.run([sys.executable, 'manage.py', 'shell', '-c', send], check=True, stdout=subprocess.DEVNULL)
import os
os.environ['DJANGO_SETTINGS_MODULE'] = 'numbasltiprovider.settings'
import django
django.setup()
import asyncio
from channels.layers import get_channel_layer
message = asyncio.run(asyncio.wait_for(get_channel_layer().receive('setup-wizard'), 10))
print('SETUP-WIZARD', 'yes' if message.get('type') == 'look' else 'no')
`.trim();

/** Whether a platform can be reached through HTTPS, as Numbas itself will: any answer will do. */
export const reaches = `
import sys, urllib.error, urllib.request
proxies = {'http': sys.argv[2], 'https': sys.argv[2]} if sys.argv[2] else {}
opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies))
try:
    status = opener.open('https://' + sys.argv[1] + '/', timeout=20).status
except urllib.error.HTTPError as error:
    status = error.code
except OSError as error:
    sys.exit(str(getattr(error, 'reason', error)))
print('SETUP-WIZARD yes: %s' % status)
`.trim();
