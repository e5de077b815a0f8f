import { Chapter } from '../../i18n/chapter.ts';
import type { serverViews } from '../../i18n/en/server-views.ts';

export const SERVER_VIEWS = new Chapter<typeof serverViews>({
  en: async () => (await import('../../i18n/en/server-views.ts')).serverViews,
  'zh-CN': async () => (await import('../../i18n/zh-CN/server-views.ts')).serverViews,
});
