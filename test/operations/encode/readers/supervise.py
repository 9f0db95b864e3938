"""Reads each text with supervisord's own reader. stdin: {place: [text]}; stdout: {place: [value]}. argv: a folder."""
import json, sys
from supervisor.options import ServerOptions

asked = json.load(sys.stdin)
folder = sys.argv[1]
parts = ['[supervisord]\nchildlogdir=%s\n' % folder]


def program(place, index, lines):
    parts.append('[program:%s%d]\n%s' % (place, index, lines))


for i, text in enumerate(asked['line']):
    program('line', i, 'command=/bin/true\ndirectory = %s\n' % text)
for i, text in enumerate(asked['word']):
    program('word', i, 'command = /bin/true %s --x=%s\n' % (text, text))
for i, text in enumerate(asked['variable']):
    program('variable', i, 'command=/bin/true\nenvironment=A=%s,B= %s ,C="c"\n' % (text, text))
for i, text in enumerate(asked['quoted']):
    program('quoted', i, 'command=/bin/true\nenvironment=A="%s",B="http://%s@b",C="c"\n' % (text, text))
for i, text in enumerate(asked['log']):
    program('log', i, 'command=/bin/true\nstdout_logfile = %s/%s\n' % (folder, text))
path = folder + '/supervisord.conf'
with open(path, 'w', encoding='utf-8', newline='') as file:
    file.write(''.join(parts))

options = ServerOptions()
options.here = folder
read = {}
for group in options.read_config(path).process_group_configs:
    [read[group.name]] = group.process_configs
assert len(read) == sum(map(len, asked.values())), len(read)


def words(config):
    _, (program, alone, joined) = config.make_process().get_execv_args()
    assert joined == '--x=' + alone, joined
    return alone


def variable(config):
    assert config.environment == {'A': config.environment['A'], 'B': config.environment['A'], 'C': 'c'}
    return config.environment['A']


def quoted(config):
    value = config.environment['A']
    assert config.environment == {'A': value, 'B': 'http://%s@b' % value, 'C': 'c'}
    return value


took = {
    'line': lambda config: config.directory,
    'word': words,
    'variable': variable,
    'quoted': quoted,
    'log': lambda config: config.stdout_logfile[len(folder) + 1:],
}
json.dump({place: [took[place](read['%s%d' % (place, i)]) for i in range(len(asked[place]))] for place in took}, sys.stdout)
