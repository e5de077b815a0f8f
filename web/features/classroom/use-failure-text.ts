import { useT } from '../../i18n/t.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';

/** Why what was asked for last was refused, and what to do. */
export function useFailureText({ failure }: ClassRoom): string | undefined {
  const { errors } = useT();
  if (!failure) return undefined;
  const { what, tryThis } = errors[failure.code];
  return `${what} ${tryThis}`;
}
