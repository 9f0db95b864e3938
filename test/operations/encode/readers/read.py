"""Reads each text with the real Python reader of its syntax. stdin: {syntax: [text]}; stdout: {syntax: [value]}."""
import ast, configparser, io, json, sys, urllib.parse
import dotenv, yaml

asked = json.load(sys.stdin)
out = {}

def file(texts):
    return ''.join('k%d=%s\n' % (i, t) for i, t in enumerate(texts))

parser = configparser.RawConfigParser(interpolation=None)
path = sys.argv[1] + '/pretix.cfg'
with open(path, 'w', encoding='utf-8', newline='') as f:
    f.write('[s]\n' + file(asked['ini']) + '[end]\n')
with open(path, encoding='utf-8') as f:
    parser.read_file(f)
assert parser.sections() == ['s', 'end'], parser.sections()
assert list(parser['s']) == ['k%d' % i for i in range(len(asked['ini']))]
out['ini'] = list(parser['s'].values())

out['python'] = [ast.literal_eval(t) for t in asked['python']]
source = ''.join('v%d = %s\n' % (i, t) for i, t in enumerate(asked['python']))
scope = {}
exec(compile(source.encode(), 'settings.py', 'exec'), scope)
assert [scope['v%d' % i] for i in range(len(asked['python']))] == out['python']

out['yaml'] = list(yaml.safe_load(''.join('k%d: %s\n' % (i, t) for i, t in enumerate(asked['yaml']))).values())

path = sys.argv[1] + '/dot.env'
with open(path, 'w', encoding='utf-8', newline='') as f:
    f.write(file(asked['env']))
values = dotenv.dotenv_values(path)
assert list(values) == ['k%d' % i for i in range(len(asked['env']))], list(values)
out['env'] = list(values.values())

out['url-component'] = [urllib.parse.unquote(t, errors='strict') for t in asked['url-component']]
json.dump(out, sys.stdout)
