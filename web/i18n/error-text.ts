import type { SocketErrorCode } from '../../protocol/errors.ts';

/** How an error teaches: one sentence of what happened, what Python does in its place, and what to try. */
export type ErrorText = { readonly what: string; readonly python: string; readonly tryThis: string };
/** A code without its text does not compile. */
export type ErrorCatalogue = Readonly<Record<SocketErrorCode, ErrorText>>;
