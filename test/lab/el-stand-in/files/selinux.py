#!/usr/libexec/platform-python
"""The programs of SELinux, by the names under which they are called, as far as an installation uses them.

Nothing is enforced. They keep their state where the real ones do: the mode in /etc/selinux/config, booleans and rules
below /var/lib/selinux and /etc/selinux/targeted, labels in the files' own attributes; what a boot forgets, in /run.
"""
import os
import re
import sys
from pathlib import Path

called = Path(sys.argv[0]).name
config = Path('/etc/selinux/config')
files = Path('/etc/selinux/targeted/contexts/files')
kept_booleans = Path('/var/lib/selinux/targeted/active/booleans.local')
run = Path('/run/selinux-stand-in')
modes = ['Permissive', 'Enforcing']
known = {
    'httpd_can_network_connect': '0',
    'httpd_can_network_connect_db': '0',
    'httpd_can_sendmail': '0',
    'httpd_read_user_content': '0',
}


def end(code, message=''):
    if message:
        print(message, file=sys.stderr if code else sys.stdout)
    sys.exit(code)


def read(path):
    return path.read_text() if path.exists() else ''


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def mode():
    configured = re.search(r'^SELINUX=(\w+)', read(config), re.MULTILINE)
    configured = configured[1].capitalize() if configured else 'Disabled'
    return configured if configured == 'Disabled' else read(run / 'mode') or configured


def booleans(path):
    return dict(line.split('=', 1) for line in read(path).splitlines() if '=' in line)


def active_booleans():
    return {**known, **booleans(kept_booleans), **booleans(run / 'booleans')}


def save_booleans(path, changed):
    lines = {**booleans(path), **changed}
    write(path, ''.join(f'{name}={value}\n' for name, value in sorted(lines.items())))


def rules(name):
    """Of the policy (`file_contexts`) or of this machine (`file_contexts.local`)."""
    return dict(line.split('\t', 1) for line in read(files / name).splitlines() if line)


def context_of(path):
    """The last rule that fits, as the policy goes from the general to the particular; this machine's come after all."""
    fitting = [
        context
        for name in ('file_contexts', 'file_contexts.local')
        for pattern, context in rules(name).items()
        if re.fullmatch(pattern, path)
    ]
    return fitting[-1]


def getenforce(_):
    print(mode())


def setenforce(words):
    wanted = {'0': 'Permissive', '1': 'Enforcing'}.get(words[0] if words else '', '') or ''.join(words).capitalize()
    if wanted not in modes:
        end(1, 'usage:  setenforce [ Enforcing | Permissive | 1 | 0 ]')
    if mode() == 'Disabled':
        end(1, 'setenforce: SELinux is disabled')
    write(run / 'mode', wanted)


def selinuxenabled(_):
    end(1 if mode() == 'Disabled' else 0)


def sestatus(_):
    if mode() == 'Disabled':
        end(0, 'SELinux status:                 disabled')
    print('SELinux status:                 enabled')
    print('Loaded policy name:             targeted')
    print(f'Current mode:                   {mode().lower()}')


def getsebool(words):
    if mode() == 'Disabled':
        end(1, 'getsebool:  SELinux is disabled')
    values = active_booleans()
    for name in sorted(values) if words == ['-a'] else words:
        if name not in values:
            end(255, f'Error getting active value for {name}')
        print(f'{name} --> {"on" if values[name] == "1" else "off"}')


def setsebool(words):
    given = [word for word in words if not word.startswith('-')]
    pairs = [word.split('=', 1) for word in given] if '=' in ''.join(given) else [given]
    meant = {'1': '1', 'on': '1', 'true': '1', '0': '0', 'off': '0', 'false': '0'}
    if any(len(pair) != 2 or pair[1].lower() not in meant for pair in pairs):
        end(1, '\nUsage:  setsebool [ -NPV ] boolean value | bool1=val1 bool2=val2...\n')
    if mode() == 'Disabled':
        end(1, 'setsebool:  SELinux is disabled.')
    changed = {name: meant[value.lower()] for name, value in pairs}
    persistent = any(word.startswith('-') and 'P' in word for word in words)
    for name in changed:
        if name not in active_booleans():
            unknown = f'Boolean {name} is not defined'
            end(255, unknown if persistent else 'Could not change active booleans: Invalid boolean')
    save_booleans(run / 'booleans', changed)
    if persistent:
        save_booleans(kept_booleans, changed)


def matchpathcon(words):
    for path in (word for word in words if not word.startswith('-')):
        print(context_of(path) if has(words, '-n') else f'{path}\t{context_of(path)}')


def below(path, recursive):
    yield path
    if recursive and path.is_dir() and not path.is_symlink():
        for folder, folders, names in os.walk(path):
            yield from (Path(folder) / name for name in [*folders, *names])


def label_of(path):
    try:
        return os.getxattr(path, 'security.selinux', follow_symlinks=False).decode().rstrip('\0')
    except OSError:
        return 'system_u:object_r:unlabeled_t:s0'


def restorecon(words):
    """Of a label that is there only the type changes, unless -F is given."""
    options = ''.join(word[1:] for word in words if word.startswith('-'))
    if mode() == 'Disabled':
        end(0)
    for word in words:
        if word.startswith('-'):
            continue
        start = Path(os.path.abspath(word))
        if not os.path.lexists(start):
            end(255, f'restorecon: lstat({word}) failed: No such file or directory')
        for path in below(start, 'R' in options or 'r' in options):
            relabel(path, options)


def relabel(path, options):
    before = label_of(path)
    wanted = context_of(str(path))
    if 'F' not in options and 'unlabeled_t' not in before:
        parts = before.split(':')
        wanted = ':'.join([*parts[:2], wanted.split(':')[2], *parts[3:]])
    if before == wanted:
        return
    if 'n' not in options:
        os.setxattr(path, 'security.selinux', wanted.encode() + b'\0', follow_symlinks=False)
    if 'v' in options:
        print(f'{"Would relabel" if "n" in options else "Relabeled"} {path} from {before} to {wanted}')


def has(words, *options):
    return any(option in words for option in options)


def semanage(words):
    """`boolean` to list; `fcontext` with -a, -m and -d and a type, and to list."""
    if words[:1] == ['boolean'] and has(words, '-l', '--list'):
        list_booleans(words)
    elif words[:1] == ['fcontext']:
        change_rules(words[1:])
    else:
        end(2, 'usage: semanage [-h] {boolean,fcontext} ...: the stand-in knows no more')


def list_booleans(words):
    kept = {**known, **booleans(kept_booleans)}
    on = {'0': 'off', '1': 'on'}
    if not has(words, '-n', '--noheading'):
        print(f'{"SELinux boolean":<30} State  Default Description\n')
    for name in booleans(kept_booleans) if has(words, '-C', '--locallist') else sorted(kept):
        print(f'{name:<30} ({on[active_booleans()[name]]:<5},{on[kept[name]]:>5})  {name}')


def change_rules(words):
    types = [words[i + 1] for i, word in enumerate(words[:-1]) if word in ('-t', '--type')]
    plain = [word for i, word in enumerate(words) if not word.startswith('-') and words[i - 1] not in ('-t', '--type')]
    local = rules('file_contexts.local')
    if has(words, '-l', '--list'):
        return list_rules(local if has(words, '-C', '--locallist') else {**rules('file_contexts'), **local}, words)
    if len(plain) != 1:
        end(2, 'usage: semanage fcontext [-h] [-n] [-N] [-S STORE] [ --add (-t TYPE ) FILE_SPEC ]')
    target = plain[0]
    if has(words, '-d', '--delete'):
        if target not in local:
            in_policy = target in rules('file_contexts')
            said = 'is defined in policy, cannot be deleted' if in_policy else 'is not defined'
            end(1, f'ValueError: File context for {target} {said}')
        del local[target]
        return save_rules(local)
    if not types:
        end(1, 'ValueError: SELinux Type is required')
    if not re.fullmatch(r'[a-z0-9_]+_t', types[0]):
        end(1, f'ValueError: Type {types[0]} is invalid, must be a file or device type')
    if has(words, '-a', '--add'):
        if target in local or target in rules('file_contexts'):
            print(f'File context for {target} already defined, modifying instead')
    elif target not in local and target not in rules('file_contexts'):
        end(1, f'ValueError: File context for {target} is not defined')
    local[target] = f'system_u:object_r:{types[0]}:s0'
    return save_rules(local)


def list_rules(shown, words):
    if shown and not has(words, '-n', '--noheading'):
        print(f'{"SELinux fcontext":<50} {"type":<18} Context\n')
    for target, context in shown.items():
        print(f'{target:<50} {"all files":<18} {context} ')


def save_rules(local):
    write(files / 'file_contexts.local', ''.join(f'{target}\t{context}\n' for target, context in local.items()))


if os.geteuid() != 0 and called in ('setenforce', 'setsebool', 'semanage'):
    end(1, f'{called}: Permission denied')
globals()[called](sys.argv[1:])
