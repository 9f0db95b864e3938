#!/bin/sh
# Asks a question of its own and keeps the answer in the file that is named.
printf 'Un mot / A word: '
read -r word || exit 1
printf '%s\n' "$word" >"$1.new" && mv "$1.new" "$1"
