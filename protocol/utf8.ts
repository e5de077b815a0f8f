// Every host of this layer has them (WHATWG Encoding), yet neither ES nor this layer's `lib` declares them.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean; ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}
/** @throws {TypeError} if the bytes are not well-formed UTF-8 (RFC 3629). */
export function decodeUtf8(bytes: Uint8Array): string {
  return strict.decode(bytes);
}
/** Broken sequences become U+FFFD. */
export function decodeUtf8Lenient(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}
