import type { Messages } from '../i18n/en.ts';
import { socketLabel } from '../i18n/labels.ts';
import type { News } from '../store/news.ts';

/** What is read out of one piece of news. */
export function newsText(t: Messages, news: News): string {
  if (news.kind === 'phase') return news.isGone ? t.news.gone : t.news.phase[news.phase];
  if (news.kind === 'back') {
    return news.back.isLossless ? t.gateway.backLossless(news.back.away) : t.gateway.backLost(news.back.away);
  }
  const { record } = news;
  const label = socketLabel(t, record);
  if (news.kind === 'opened') return t.news.opened(label, record.state);
  if (news.kind === 'peer-waiting') return t.news['peer-waiting'](label, record.pending.waiting);
  if (news.kind === 'failed') {
    const code = record.failure?.code ?? 'INTERNAL';
    return t.news.failed(label, code, t.errors[code].what);
  }
  return t.news[news.kind](label);
}
