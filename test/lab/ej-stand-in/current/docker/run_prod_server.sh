#!/usr/bin/env bash
poetry=/root/.local/bin/poetry
$poetry run inv db
$poetry run inv build-assets
$poetry run inv i18n
$poetry run inv collect
$poetry run inv gunicorn
