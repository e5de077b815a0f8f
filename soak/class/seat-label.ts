/**
 * The name of a seat's cell on the page Teach, in English: `seat 07, Ada, step 3 of 83, away`. Its groups are the seat's number and the
 * step's. A learner types the name, and may type what looks like a step: the last one is the page's own.
 */
export const SEAT_LABEL = /^seat 0*(\d+)(?:,.*)?, step (\d+) of \d+(?:, |$)/;
