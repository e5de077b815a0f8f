import * as Type from 'typebox';
import { Hex128, U32 } from '../messages/fields.ts';
import { closedObject } from '../schema/closed-object.ts';
import { Code, HelpText, ReportedStep, RoomId, SeatNumber, Slug, TypedName } from './records.ts';
import { asked } from './said.ts';

/** Steps of one report: a page that comes back may have many to tell, and tells them in several. */
export const REPORTED_STEPS_MAX = 32;

/** ROOM ↑ of a learner's page. */
export const FROM_LEARNER = {
  /** By the code of the room, or of a seat that is handed to another device; or back to one's own seat. */
  join: asked('join', {
    code: Type.Optional(Code),
    seat: Type.Optional(closedObject({ room: RoomId, seat: SeatNumber, secret: Hex128 })),
    name: Type.Optional(TypedName),
    pin: Type.Optional(Type.String({ maxLength: 32 })),
  }),
  /** `forget`: "I am somebody else". Nobody comes back to the seat with its secret, and its row in the roster is free. */
  leave: asked('leave', { forget: Type.Optional(Type.Literal(true)) }),
  /** The page's own state, where it has changed. Answered when what is done has been stored. */
  report: asked('report', {
    /** Where the page is: step `number` of `of`. */
    lesson: Type.Optional(Slug),
    step: Type.Optional(Slug),
    number: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
    of: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
    /** A hint of the step that a wrong outcome has just raised: each report counts once. */
    hint: Type.Optional(Slug),
    /** All hints of the step have been seen. */
    hintsUsed: Type.Optional(Type.Boolean()),
    /** A program is blocked in this call, or a send is unanswered, and the step does not wait for that; absent: not so. */
    waits: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    /** What a program ended with: NameError, ECONNREFUSED. Each report counts once. */
    error: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    progress: Type.Optional(Type.Array(ReportedStep, { maxItems: REPORTED_STEPS_MAX })),
  }),
  hand: asked('hand', { up: Type.Boolean(), text: Type.Optional(HelpText) }),
  /** May one's name stand beside one's page when it is shown to all? */
  agree: asked('agree', { spotlight: Type.Boolean() }),
  /** A piece of the instructor's own pack: 0, 1 … */
  piece: asked('piece', { piece: U32 }),
};
