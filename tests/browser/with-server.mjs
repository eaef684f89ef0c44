// Starts the exchange with the made-up province, runs a command with its address in SANVIEC_URL, and
// stops it again: node tests/browser/with-server.mjs COMMAND [WORD ...]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// A build without optimisation takes its time to draw and write 20,000 people.
const START_WITHIN = 300_000;
const STOP_WITHIN = 20_000;

const root = resolve(import.meta.dirname, '../..');
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const binary = process.env.SANVIEC_BINARY ?? join(target, 'debug/sanviec');

const [command, ...words] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sanviec-browser-'));
const log = [];

function startServer() {
  const server = spawn(
    binary,
    ['serve', '--demo', '--listen', '127.0.0.1:0', '--data-dir', join(folder, 'data')],
    {
      cwd: folder,
      env: { ...process.env, SANVIEC_LOG: 'warn', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  server.stderr.on('data', (bytes) => log.push(String(bytes)));
  return server;
}

// The address stands in what the server prints once it serves.
function address(server) {
  return new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error('the server did not start in time')), START_WITHIN);
    server.on('error', failed);
    server.on('exit', (code) => failed(new Error(`the server ended with ${code}`)));
    let printed = '';
    server.stdout.on('data', (bytes) => {
      printed += bytes;
      const url = /http:\/\/[^\s/]+(?=\s)/.exec(printed);
      if (url) {
        clearTimeout(timer);
        found(url[0]);
      }
    });
  });
}

async function stop(server) {
  if (server.exitCode !== null || server.signalCode !== null) return false;
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_WITHIN);
  server.kill('SIGINT');
  const [code] = await once(server, 'exit');
  clearTimeout(timer);
  return code === 0;
}

const server = startServer();
let running;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => (running ?? server).kill(signal));
}
let code = 1;
try {
  const url = await address(server);
  console.log(`sanviec serves at ${url}`);
  running = spawn(command, words, { stdio: 'inherit', env: { ...process.env, SANVIEC_URL: url } });
  [code] = await once(running, 'exit');
  if (!(await stop(server))) {
    console.error('the server did not stop cleanly');
    code = 1;
  }
} catch (error) {
  console.error(error.message);
} finally {
  if (code !== 0) console.error(`-- what the server said last\n${log.join('').slice(-4000)}`);
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code ?? 1);
