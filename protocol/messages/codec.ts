import type { Static, TSchema } from 'typebox';
import { PlaygroundError } from '../errors.ts';
import { fits } from '../schema/fits.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';

export function encodeMessage(message: object): Uint8Array<ArrayBuffer> {
  return encodeUtf8(JSON.stringify(message));
}

/** Parses and checks a JSON payload. @throws {PlaygroundError} MESSAGE_INVALID */
export function decodeMessage<Schema extends TSchema>(schema: Schema, payload: Uint8Array): Static<Schema> {
  const text = decodeText(payload);
  const value = parseJson(text);
  if (!fits(schema, value)) throw new PlaygroundError('MESSAGE_INVALID', text.slice(0, SHOWN_CHARACTERS));
  return value as Static<Schema>;
}

/** How much of a bad message its error shows. */
const SHOWN_CHARACTERS = 200;

function decodeText(payload: Uint8Array): string {
  try {
    return decodeUtf8(payload);
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', 'not UTF-8', { cause });
  }
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlaygroundError('MESSAGE_INVALID', 'not JSON', { cause });
  }
}
