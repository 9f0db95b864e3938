"""Waits for the database, and gives up after a while: then the container begins anew."""
import os
import time

import psycopg2
from django.conf import settings


def wait_for_database():
    own = settings.DATABASES['default']
    for _ in range(int(os.environ.get('STAND_IN_PATIENCE', '20'))):
        try:
            psycopg2.connect(
                dbname=own['NAME'], user=own['USER'], password=own['PASSWORD'], host=own['HOST']
            ).close()
            return
        except psycopg2.OperationalError:
            # EJ does not say why: the database does.
            print('Postgres is unavailable. Retrying in 0.5 seconds', flush=True)
            time.sleep(0.5)
    raise RuntimeError('could not connect to database')
