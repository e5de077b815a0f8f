import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteCount } from '../protocol/units.ts';

/** As large as Python is, and more than the buffers of a connection hold. */
const FILE_BYTES: ByteCount = 31 * 1_024 * 1_024;
export const LARGE_FILE = '/assets/large.bin';

/** A page with a file that is too large for the buffers between. */
export function makeLargePage(): { readonly webRoot: string; readonly remove: () => void } {
  const webRoot = mkdtempSync(join(tmpdir(), 'playground-web-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html>');
  writeFileSync(join(webRoot, LARGE_FILE), Buffer.alloc(FILE_BYTES, 0x61));
  return { webRoot, remove: () => rmSync(webRoot, { recursive: true, force: true }) };
}
