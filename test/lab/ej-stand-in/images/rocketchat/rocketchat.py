"""A stand-in for Rocket.Chat: its log-in, its settings and what it says of itself, kept in MongoDB's place."""
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

mongo = os.environ['MONGO_URL'].replace('mongodb://', 'http://')
defaults = {
    'Accounts_iframe_enabled': False,
    'Accounts_iframe_url': '',
    'Accounts_Iframe_api_url': '',
    'Accounts_Iframe_api_method': 'POST',
    'Accounts_AllowUsernameChange': True,
    'Accounts_AllowEmailChange': True,
    'Accounts_AllowPasswordChange': True,
    'Layout_Home_Body': 'Welcome',
    'theme-custom-css': '',
}


def read(key):
    try:
        return json.load(urlopen(f'{mongo}/{key}'))
    except URLError as error:
        if getattr(error, 'code', 0) == 404:
            return None
        raise


def write(key, value):
    urlopen(Request(f'{mongo}/{key}', json.dumps(value).encode(), method='PUT'))


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, value):
        # Without spaces, as Rocket.Chat has it.
        body = json.dumps(value, separators=(',', ':')).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def fields(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', '0'))).decode()
        if 'json' in (self.headers.get('Content-Type') or ''):
            return json.loads(body)
        return {name: values[0] for name, values in parse_qs(body).items()}

    def is_admin(self):
        token = read('tokens')
        given = [self.headers.get('X-User-Id'), self.headers.get('X-Auth-Token')]
        return token is not None and given == [token['userId'], token['authToken']]

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == '/api/info':
            return self.answer(200, {'success': True, 'info': {'version': '0.74.3'}})
        if path.startswith('/api/v1/settings/'):
            key = path.rsplit('/', 1)[1]
            if not self.is_admin():
                return self.answer(401, {'status': 'error', 'message': 'You must be logged in to do this.'})
            if key not in defaults:
                return self.answer(400, {'success': False})
            kept = read(f'settings.{key}')
            return self.answer(200, {'_id': key, 'value': defaults[key] if kept is None else kept['value'], 'success': True})
        self.answer(200, {'root': os.environ['ROOT_URL']})

    def do_POST(self):
        path = urlsplit(self.path).path
        fields = self.fields()
        if path == '/setup-wizard':
            # What a person does in the browser the first time.
            if read('admin') is None:
                write('admin', fields)
            return self.answer(200, {'success': True})
        if path.rstrip('/') == '/api/v1/login':
            admin = read('admin')
            given = {'username': fields.get('username', fields.get('user')), 'password': fields.get('password')}
            if admin is None or given != admin:
                return self.answer(401, {'status': 'error', 'error': 'Unauthorized', 'message': 'Unauthorized'})
            token = read('tokens') or {'userId': os.urandom(8).hex(), 'authToken': os.urandom(16).hex()}
            write('tokens', token)
            return self.answer(200, {'status': 'success', 'data': token})
        if path.startswith('/api/v1/settings/'):
            key = path.rsplit('/', 1)[1]
            if not self.is_admin():
                return self.answer(401, {'status': 'error', 'message': 'You must be logged in to do this.'})
            if key not in defaults:
                return self.answer(400, {'success': False})
            write(f'settings.{key}', {'value': fields['value']})
            return self.answer(200, {'success': True})
        self.answer(404, {'success': False})

    def log_message(self, *_):
        pass


ThreadingHTTPServer(('', int(os.environ['PORT'])), Handler).serve_forever()
