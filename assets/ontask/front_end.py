"""Only with a front end that sets X-Remote-User itself for each request (setup-wizard, answer REMOTE_USER)."""
from wsgi import application as ontask


def application(environ, start_response):
    user = environ.get('HTTP_X_REMOTE_USER')
    if user:
        environ['REMOTE_USER'] = user
    return ontask(environ, start_response)
