import { useEffect } from 'react';
import type { Learning } from '../../../store/lessons/learning.ts';
import type { Playground } from '../../../store/playground.ts';
import { useClassRoom } from '../use-class-room.ts';

type ClassLessonsProps = { readonly playground: Playground; readonly learning: Learning };

/** At a seat, lessons are those of the class, as far as its instructor has opened them. Draws nothing. */
export function ClassLessons({ playground, learning }: ClassLessonsProps) {
  const { model, pack } = useClassRoom(playground);
  const isSeated = model.role === 'learner';
  const { pace } = model.now;
  // It stays so while another page is looked at: an attempt goes on there.
  useEffect(() => learning.setClass(isSeated ? { pack, pace } : undefined), [isSeated, learning, pack, pace]);
  return null;
}
