import type { Check, MatcherName } from './schema/check-schema.ts';
import type { CountedPattern, Pattern } from './schema/pattern-schema.ts';

const CALL_MATCHERS = ['seen', 'none'] as const;

/** The matcher of a check. */
export function matcherOf(check: Check): MatcherName {
  return Object.keys(check)[0] as MatcherName;
}
/** The checks that a check is made of. */
export function partsOf({ all, any, not }: Check): readonly Check[] {
  return all ?? any ?? (not ? [not] : []);
}
/** Each check within a check, itself first. */
export function* nodesOf(check: Check): Iterable<Check> {
  yield check;
  for (const part of partsOf(check)) yield* nodesOf(part);
}
/** The patterns that stand in one node itself. */
export function patternsOf(check: Check): readonly (Pattern | CountedPattern)[] {
  for (const name of CALL_MATCHERS) {
    const pattern = check[name];
    if (pattern) return [pattern];
  }
  if (check.waited) return check.waited.filter((part): part is Pattern => isPattern(part));
  return check.order ?? check.within?.[1] ?? [];
}
function isPattern(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'call' in part;
}
