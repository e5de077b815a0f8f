import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Site = { readonly folder: string; readonly port: number; readonly upstream: number };
type Certificate = { readonly key: string; readonly certificate: string };
type ReverseProxy = {
  readonly command: string;
  /** Writes the documented configuration down for this machine; the arguments to start it with. */
  readonly configure: (site: Site, certificate: Certificate) => readonly string[];
};

/** The blocks of docs/hosting.md in this language: what is recommended there is what is tried. */
function blocks(language: string): string[] {
  const text = readFileSync(new URL('../docs/hosting.md', import.meta.url), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, block]) => block as string,
  );
}
function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

export const REVERSE_PROXIES = {
  nginx: {
    command: 'nginx',
    configure: ({ folder, port, upstream }, { key, certificate }) => {
      const [site = '', snippet = ''] = blocks('nginx');
      mkdirSync(join(folder, 'snippets'));
      write(folder, 'snippets/playground.conf', snippet);
      const server = site
        .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
        .replaceAll('127.0.0.1:8080', `127.0.0.1:${upstream}`)
        .replace('/etc/ssl/school.example.pem', certificate)
        .replace('/etc/ssl/school.example.key', key);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      const paths = temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
      const own = `daemon off; master_process off; pid ${folder}/pid; error_log stderr;`;
      const text = `${own} events {} http { access_log off; ${paths} ${server} }`;
      return ['-p', folder, '-c', write(folder, 'nginx.conf', text)];
    },
  },
  Caddy: {
    command: 'caddy',
    configure: ({ folder, port, upstream }, { key, certificate }) => {
      const site = blocks('caddyfile')
        .join('\n')
        .replace('school.example {', `https://school.example:${port} {\n\ttls ${certificate} ${key}`)
        .replaceAll('127.0.0.1:8080', `127.0.0.1:${upstream}`);
      const own = `{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n\tstorage file_system ${folder}\n}\n`;
      return ['run', '--adapter', 'caddyfile', '--config', write(folder, 'Caddyfile', own + site)];
    },
  },
  HAProxy: {
    command: 'haproxy',
    configure: ({ folder, port, upstream }, { key, certificate }) => {
      const both = write(folder, 'both.pem', readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
      const text = blocks('haproxy')
        .join('\n')
        .replace('bind :443', `bind 127.0.0.1:${port}`)
        .replace('127.0.0.1:8080', `127.0.0.1:${upstream}`)
        .replace('/etc/ssl/school.example.pem', both);
      return ['-db', '-f', write(folder, 'haproxy.cfg', text)];
    },
  },
} satisfies Readonly<Record<string, ReverseProxy>>;
export type ReverseProxyName = keyof typeof REVERSE_PROXIES;

export function hasReverseProxy(name: ReverseProxyName): boolean {
  const tools = [REVERSE_PROXIES[name].command, 'openssl'];
  return tools.every((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0);
}

/** The documented one on this port, with a certificate of its own for school.example, in a folder of its own. */
export async function startReverseProxy(
  name: ReverseProxyName,
  port: number,
  upstream: number,
): Promise<{ close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'playground-proxy-'));
  const { command, configure } = REVERSE_PROXIES[name];
  const args = configure({ folder, port, upstream }, createCertificate(folder));
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, HOME: folder } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  };
  await listening(port, child).catch(async (error) => {
    await close();
    throw error;
  });
  return { close };
}

function createCertificate(folder: string): Certificate {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=school.example', '-addext', 'subjectAltName=DNS:school.example'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', certificate, ...subject], {
    stdio: 'ignore',
  });
  return { key, certificate };
}

/** They say nothing when they are ready: they are when they take a connection. @throws {Error} it ended before */
async function listening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return;
  }
  throw new Error(`the proxy ended with ${child.exitCode}`);
}
