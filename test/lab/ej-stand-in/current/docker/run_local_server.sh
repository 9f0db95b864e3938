#!/usr/bin/env bash
echo 'made for development: not for a server' >&2
exit 1
