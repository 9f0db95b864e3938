#!/usr/bin/env python3
import os
import sys

from django.core.management import execute_from_command_line

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'src'))
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ej.settings')
execute_from_command_line(sys.argv)
