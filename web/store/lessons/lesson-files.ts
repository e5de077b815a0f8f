/** All of the built-in lessons but their words. */
export const files = import.meta.glob<string>(
  ['../../../lessons/pack.json', '../../../lessons/*/lesson.json', '../../../lessons/*/{start,done,wrong}/*.py'],
  { query: '?raw', import: 'default', eager: true },
);
