"""Asks the real libpq which password it takes from a .pgpass. stdin: {file, hosts, passwords?}; no server needed."""
import ctypes, json, sys
pq = ctypes.CDLL('libpq.so.5')
pq.PQconnectStartParams.restype = ctypes.c_void_p
pq.PQconnectStartParams.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.POINTER(ctypes.c_char_p), ctypes.c_int]
pq.PQpass.restype = ctypes.c_char_p
pq.PQpass.argtypes = [ctypes.c_void_p]
pq.PQfinish.argtypes = [ctypes.c_void_p]
asked = json.load(sys.stdin)
out = []
for user in asked['users']:
    pairs = {'host': '/nonexistent', 'port': '5432', 'dbname': 'd', 'user': user, 'passfile': asked['file']}
    keys = (ctypes.c_char_p * (len(pairs) + 1))(*[k.encode() for k in pairs], None)
    values = (ctypes.c_char_p * (len(pairs) + 1))(*[v.encode() for v in pairs.values()], None)
    connection = pq.PQconnectStartParams(keys, values, 0)
    out.append(pq.PQpass(connection).decode())
    pq.PQfinish(connection)
json.dump(out, sys.stdout)
