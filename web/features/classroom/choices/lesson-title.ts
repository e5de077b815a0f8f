/** A lesson of the class, in the language of the page. */
export type LessonTitle = { readonly id: string; readonly title: string; readonly steps: readonly string[] };
