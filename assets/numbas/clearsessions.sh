#!/bin/sh
# Sessions of Numbas that have expired, once a day (setup-wizard)
cd %INSTALL_DIR% && exec runuser -u %APP_USER% -- %VENV_DIR%/bin/python manage.py clearsessions
