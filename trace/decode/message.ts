import type { ByteCount } from '../../protocol/units.ts';
import type { ByteReader } from '../export/recording.ts';

/** How the bytes of one direction are cut into messages: a rule that both programs must know, for TCP has none. */
export const DECODERS = ['lines', 'http', 'length8', 'length16', 'length16le', 'length32', 'length32le'] as const;
export type DecoderName = (typeof DECODERS)[number];

/** Where a message ends, from where it begins. */
export type Found =
  | {
      readonly end: ByteCount;
      /** Where its body begins, behind a head or a length; its end where it has none. */
      readonly body: ByteCount;
    }
  /** More bytes are needed. */
  | 'partial'
  /** These bytes cannot begin a message. */
  | 'broken';

/** What a rule is given: the bytes so far, where the message begins, and whether nothing more will come. */
export type Rule = (bytes: ByteReader, start: ByteCount, isEnded: boolean) => Found;
