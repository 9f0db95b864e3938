/** Small programs that only look: they change nothing, and say in their last line what they saw. */

/**
 * Signs in as a person would: the form, its token, the password, and a page that offers to sign out. Address, password
 * and path are on standard input; it asks 127.0.0.1, under the public name.
 */
export const signIn = `
import re, ssl, sys, urllib.error, urllib.parse, urllib.request
address, password = sys.stdin.read().split('\\n')[:2]
scheme, domain, path = sys.argv[1:4]
base = scheme + '://127.0.0.1'
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
cookies = {}
class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
opener = urllib.request.build_opener(NoRedirect, urllib.request.HTTPSHandler(context=context))
def ask(where, fields=None):
    public = 'https://' + domain
    headers = {'Host': domain, 'Referer': public + path, 'Cookie': '; '.join(k + '=' + v for k, v in cookies.items())}
    data = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        answer = opener.open(urllib.request.Request(base + where, data, headers), timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    for line in answer.headers.get_all('Set-Cookie') or []:
        name, _, value = line.split(';')[0].partition('=')
        cookies[name] = value
    return answer.status, answer.headers.get('Location'), answer.read().decode(errors='replace')
status, _, page = ask(path)
token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
if token is None:
    sys.exit('%s: %s, no form with a token' % (path, status))
fields = {'csrfmiddlewaretoken': token.group(1), 'username': address, 'password': password}
status, where, _ = ask(path, fields)
if status != 302:
    sys.exit('sign-in refused: %s' % status)
status, _, page = ask('/')
print('SETUP-WIZARD', 'yes' if status == 200 and 'logout' in page else 'no: %s' % status)
`.trim();

/** Asks the socket of the web service itself for a page, under a name: its status, and whether a form with a token is in it. */
export const fromSocket = `
import socket, sys
name, path = sys.argv[1:3]
with socket.socket(socket.AF_UNIX) as web:
    web.settimeout(30)
    web.connect('/run/ontask/web.sock')
    web.sendall(('GET %s HTTP/1.0\\r\\nHost: %s\\r\\nX-Forwarded-Proto: https\\r\\n\\r\\n' % (path, name)).encode())
    answer = b''.join(iter(lambda: web.recv(65536), b'')).decode(errors='replace')
print(answer.split()[1], 'form' if 'csrfmiddlewaretoken' in answer else 'no form')
`.trim();

/** Starts Django's own server on a free port of 127.0.0.1, waits for its first page, and stops it. */
export const trial = `
import os, signal, socket, subprocess, sys, time, urllib.error, urllib.request
with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = free.getsockname()[1]
class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
opener = urllib.request.build_opener(NoRedirect)
server = subprocess.Popen([sys.executable, 'manage.py', 'runserver', '--noreload', '127.0.0.1:%d' % port],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
status, until = None, time.monotonic() + 30
try:
    while status is None and server.poll() is None and time.monotonic() < until:
        time.sleep(0.5)
        try:
            request = urllib.request.Request('http://127.0.0.1:%d/' % port, headers={'Host': sys.argv[1]})
            status = opener.open(request, timeout=15).status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError:
            pass
finally:
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
    said = server.communicate(timeout=10)[1].decode(errors='replace')
if status not in (200, 301, 302):
    sys.stderr.write(said[-2000:])
    sys.exit('status %s' % status)
print('SETUP-WIZARD yes: %s' % status)
`.trim();
