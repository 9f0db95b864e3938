"""Reads `first`, `NAME` and `last` of every N.env in a folder with python-dotenv. stdout: [[name, value] …] of each."""
import json, os, sys
import dotenv

out = []
while os.path.exists('%s/%d.env' % (sys.argv[1], len(out))):
    out.append(list(dotenv.dotenv_values('%s/%d.env' % (sys.argv[1], len(out))).items()))
json.dump(out, sys.stdout)
