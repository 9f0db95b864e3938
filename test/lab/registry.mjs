// A mirror of Docker Hub in little: gives what lies in a folder, as the registry protocol has it. Runs inside a lab.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';

const folder = process.argv[2];
const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

/** A tag is a file that holds the digest of its manifest. */
function digestOf(name, reference) {
  if (reference.startsWith('sha256:')) return reference;
  const tag = `${folder}/tags/${name.replaceAll('/', '_')}@${reference}`;
  return existsSync(tag) ? readFileSync(tag, 'utf8') : undefined;
}

function give(response, method, digest, type) {
  const file = `${folder}/blobs/${digest.replace('sha256:', '')}`;
  if (!existsSync(file)) return refuse(response);
  const headers = {
    'content-type': type,
    'content-length': statSync(file).size,
    'docker-content-digest': digest,
  };
  response.writeHead(200, headers);
  if (method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}

function refuse(response) {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
}

createServer(({ url = '', method }, response) => {
  const [, name, kind, reference] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/?]+)/.exec(url) ?? [];
  if (url === '/v2/') return response.end('{}');
  const digest = reference && digestOf(name, reference);
  if (!digest) return refuse(response);
  give(response, method, digest, kind === 'manifests' ? manifestType : 'application/octet-stream');
}).listen(5000, '127.0.0.1');
