"""Migrations of a database that is in use take their time: a test can stop them half-way."""
import time


def a_while(*_):
    time.sleep(2)
