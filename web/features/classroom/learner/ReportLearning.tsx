import { useEffect } from 'react';
import type { Learning } from '../../../store/lessons/learning.ts';
import type { Playground } from '../../../store/playground.ts';
import { useClassRoom } from '../use-class-room.ts';
import { LearningReport } from './learning-report.ts';

type ReportLearningProps = { readonly playground: Playground; readonly learning: Learning };

/** While lessons are looked at from a seat, the room is told how they go. Draws nothing. */
export function ReportLearning({ playground, learning }: ReportLearningProps) {
  const classRoom = useClassRoom(playground);
  const isSeated = classRoom.model.role === 'learner';
  useEffect(() => {
    if (!isSeated) return;
    const report = new LearningReport(learning, classRoom.reporter);
    return () => report.stop();
  }, [isSeated, learning, classRoom]);
  return null;
}
