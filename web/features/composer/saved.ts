import { SCRIPT_LENGTH_MAX } from '../../../trace/script/parse-script.ts';
import { type Draft, parseStoredDraft } from './draft.ts';

/** What was kept under a name: a message, or a sequence of steps. */
export type Saved = { readonly name: string } & (
  | { readonly kind: 'message'; readonly draft: Draft }
  | { readonly kind: 'sequence'; readonly script: string }
);
export type SavedList = readonly Saved[];

const ITEMS_MAX = 100;
const NAME_LENGTH_MAX = 60;
/** Longer ones are files, not messages. In UTF-16 units. */
const MESSAGE_LENGTH_MAX = 20_000;
const FORMAT = 'socket-playground-messages';
const VERSION = 1;

/** In the place of what had the same name; undefined where there is no room, or it is too long or nameless. */
export function withSaved(list: SavedList, item: Saved): SavedList | undefined {
  const checked = parseItem(item);
  if (!checked) return undefined;
  const at = list.findIndex(({ name }) => name === checked.name);
  if (at >= 0) return list.with(at, checked);
  return list.length < ITEMS_MAX ? [...list, checked] : undefined;
}
export function withoutSaved(list: SavedList, name: string): SavedList {
  return list.filter((item) => item.name !== name);
}

/** What an earlier page left, or a file holds: what of it is none of ours is left out. */
export function parseSavedList(stored: unknown): SavedList {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((item) => parseItem(item) ?? []).slice(0, ITEMS_MAX);
}
export function savedFile(list: SavedList): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, items: list }, undefined, 2)}\n`;
}
/** The items of a file; undefined where it is no such file. */
export function parseSavedFile(text: string): SavedList | undefined {
  try {
    const { format, version, items } = JSON.parse(text) ?? {};
    return format === FORMAT && version === VERSION && Array.isArray(items) ? parseSavedList(items) : undefined;
  } catch {
    return undefined;
  }
}

function parseItem(stored: unknown): Saved | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { name: given, kind, draft, script } = stored as Record<string, unknown>;
  const name = typeof given === 'string' ? given.trim() : '';
  if (name === '' || name.length > NAME_LENGTH_MAX) return undefined;
  if (kind === 'sequence') {
    return typeof script === 'string' && script.length <= SCRIPT_LENGTH_MAX ? { name, kind, script } : undefined;
  }
  if (kind !== 'message') return undefined;
  const parsed = parseStoredDraft(draft);
  return parsed.text.length <= MESSAGE_LENGTH_MAX ? { name, kind, draft: parsed } : undefined;
}
