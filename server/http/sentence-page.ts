import { policyForStyle } from './security-headers.ts';

/** What a person reads who has no page: by this name nothing of it can be loaded, or it would not find its files. */
const WORDS = {
  en: {
    title: 'Socket Playground',
    wrongName: 'The playground does not go by this name',
    openPrinted: 'Open it at the address it printed when it started.',
    allowName: 'Whoever hosts it can let this name in:',
    missing: 'There is no such page',
    missingBody: 'The address leads nowhere in this playground.',
    back: 'Go to Play',
  },
  'zh-CN': {
    title: '套接字实验场',
    wrongName: '实验场不认这个名字',
    openPrinted: '请用启动时打印的地址打开实验场。',
    allowName: '管理员可以允许这个名字：',
    missing: '没有这个页面',
    missingBody: '这个地址在实验场里不通向任何地方。',
    back: '回到实验',
  },
} as const;
type Language = keyof typeof WORDS;

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1rem}code{overflow-wrap:anywhere}';
export const SENTENCE_PAGE_POLICY = policyForStyle(STYLE);

/** The first of ours that Accept-Language names; English if it names none (RFC 9110 §12.5.4). */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').toLowerCase().split(',');
  const known = wanted.map((tag) => tag.trim()).find((tag) => /^(en|zh)\b/.test(tag));
  return known?.startsWith('zh') ? 'zh-CN' : 'en';
}

/** `option`: what the server would have to be started with. */
export function wrongNamePage(language: Language, option: string | undefined): string {
  const words = WORDS[language];
  const advice =
    option === undefined ? '' : `<p>${words.allowName} <code>npm start -- ${escapeHtml(option)}</code></p>`;
  return pageOf(language, `<h1>${words.wrongName}</h1><p>${words.openPrinted}</p>${advice}`);
}

/** `up`: from there to where the page is, as `../`. */
export function missingPage(language: Language, up: string): string {
  const words = WORDS[language];
  return pageOf(
    language,
    `<h1>${words.missing}</h1><p>${words.missingBody}</p><p><a href="${escapeHtml(up)}">${words.back}</a></p>`,
  );
}

function pageOf(language: Language, body: string): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${WORDS[language].title}</title><style>${STYLE}</style>`;
  return `<!doctype html><html lang="${language}"><head>${head}</head><body><main>${body}</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
