import type { ErrorCatalogue } from '../error-text.ts';
import { errnoErrors } from './errno-errors.ts';
import { gatewayErrors } from './gateway-errors.ts';
import { roomErrors } from './room-errors.ts';

export const errors: ErrorCatalogue = { ...gatewayErrors, ...roomErrors, ...errnoErrors };
