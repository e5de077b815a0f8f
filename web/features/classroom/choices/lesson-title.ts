/** A step of it, and the sentences of its hints by their ids. */
type StepTitle = {
  readonly id: string;
  readonly title: string;
  readonly hints: Readonly<Record<string, string>>;
};
/** A lesson of the class, in the language of the page. */
export type LessonTitle = { readonly id: string; readonly title: string; readonly steps: readonly StepTitle[] };

/** What lessons, steps and hints are called; of other lessons than the class's their ids. */
export type LessonNames = {
  readonly lesson: (lesson: string) => string;
  readonly step: (lesson: string, step: string) => string;
  readonly hint: (lesson: string, step: string, hint: string) => string;
};
export function lessonNames(lessons: readonly LessonTitle[]): LessonNames {
  const lessonOf = (id: string): LessonTitle | undefined => lessons.find((lesson) => lesson.id === id);
  const stepOf = (lesson: string, id: string): StepTitle | undefined =>
    lessonOf(lesson)?.steps.find((step) => step.id === id);
  return {
    lesson: (id) => lessonOf(id)?.title ?? id,
    step: (lesson, id) => stepOf(lesson, id)?.title ?? id,
    hint: (lesson, step, id) => stepOf(lesson, step)?.hints[id] ?? id,
  };
}

/** The first paragraph of a lesson's Markdown as plain text. `word`: a word of the page's catalogue, by its key. */
export function plainLine(markdown: string, word: (key: string) => string): string {
  const [first = ''] = markdown.trim().split(/\n\s*\n/);
  return first
    .replace(/\s+/g, ' ')
    .replace(/\{ui:([A-Za-z0-9.-]+)\}/g, (_, key: string) => word(key))
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/(\*\*|\*)(?=\S)(.+?)\1/g, '$2');
}
