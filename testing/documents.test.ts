import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instructionsOf } from '../scripts/image.mjs';
import { ROOT } from '../scripts/toolchain.mjs';
import { helpText, parseConfig } from '../server/config.ts';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const headings = (text: string) => [...text.matchAll(/^(#+) /gm)].map(([, level]) => level);
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([found]) => found);

test('the Chinese README is level with the English one: headings, commands, options, links', () => {
  // What a shell makes nothing of is in the reader's language.
  const [english = '', chinese = ''] = ['README.md', 'README.zh-CN.md'].map((name) =>
    read(name).replace(/ +# .*$/gm, ''),
  );
  expect(headings(chinese)).toEqual(headings(english));
  for (const pattern of [/^```[\s\S]*?^```/gm, /^\| `--[^`]+`/gm, /^\d\. /gm, /`PLAYGROUND_[A-Z_]+/g]) {
    expect(all(chinese, pattern)).toEqual(all(english, pattern));
  }
  const links = (text: string) =>
    all(text, /\]\([^)]+\)/g)
      .filter((link) => !/README/.test(link))
      .sort((a, b) => a.localeCompare(b));
  expect(links(chinese)).toEqual(links(english));
});

test('README lists every option of the server', async () => {
  const options = all(helpText('x'), /^ {2}--[a-z-]+/gm).map((option) => option.trim());
  for (const option of options.filter((name) => name !== '--help' && name !== '--version')) {
    expect(read('README.md')).toContain(`| \`${option}`);
  }
});

test('the code of docs/testing-your-app.md is that of the examples', () => {
  const blocks = [...read('docs/testing-your-app.md').matchAll(/^```\w+ (examples\/\S+)\n([\s\S]*?)^```/gm)];
  expect(blocks.length).toBeGreaterThan(5);
  for (const [, file = '', code = ''] of blocks) expect(read(file)).toContain(code);
});

test('the unit of docs/hosting.md is the file; unit and image run Node with the flags of npm start', () => {
  const unit = read('deploy/socket-playground.service');
  expect(read('docs/hosting.md')).toContain(`\`\`\`ini\n${unit}\`\`\``);
  const flags = JSON.parse(read('server/node-flags.json'));
  expect(unit).toContain(`ExecStart=/usr/bin/node ${flags.join(' ')} node_modules`);
  const entry = instructionsOf(read('deploy/Dockerfile')).find(({ word }) => word === 'ENTRYPOINT')?.rest ?? '';
  expect(JSON.parse(entry).slice(1, -1)).toEqual(flags);
});

test('the image sets nothing that the server does not read', async () => {
  const set = instructionsOf(read('deploy/Dockerfile')).filter(({ word }) => word === 'ENV');
  expect(set.length).toBeGreaterThan(0);
  const config = parseConfig([], Object.fromEntries(set.map(({ rest }) => rest.split('='))));
  expect(config).toMatchObject({ host: '0.0.0.0', port: 8_080, labHosts: ['0.0.0.0'], listenPorts: { to: 20_099 } });
});

test('the examples ask for this version, and for the tools that the project has', () => {
  const own = JSON.parse(read('package.json'));
  for (const name of ['playwright-app', 'node-test', 'vitest', 'embed-client']) {
    const { dependencies, devDependencies } = JSON.parse(read(`examples/${name}/package.json`));
    for (const [dependency, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version).toBe(dependency === own.name ? own.version : own.devDependencies[dependency]);
    }
  }
  expect(read('CHANGELOG.md')).toContain(`## ${own.version}`);
});
