"""Migrations that take their time, so that a test can stop them half-way."""
import time

from django.db.migrations import RunPython


def slowly(seconds=1):
    return RunPython(lambda *_: time.sleep(seconds), RunPython.noop)
