import { httpRule } from './http.ts';
import { lengthRule } from './length-prefixed.ts';
import { lineRule } from './lines.ts';
import type { DecoderName, Rule } from './message.ts';

export const RULES: Readonly<Record<DecoderName, Rule>> = {
  lines: lineRule,
  http: httpRule,
  length8: lengthRule(1, false),
  length16: lengthRule(2, false),
  length16le: lengthRule(2, true),
  length32: lengthRule(4, false),
  length32le: lengthRule(4, true),
};
