import type { Messages } from '../i18n/en.ts';
import { socketLabel } from '../i18n/labels.ts';
import type { Announcement } from '../store/announcements.ts';

/** What is read out of one piece of announcement. */
export function announcementText(t: Messages, announcement: Announcement): string {
  if (announcement.kind === 'phase')
    return announcement.isGone ? t.announcements.gone : t.announcements.phase[announcement.phase];
  if (announcement.kind === 'back') {
    return announcement.back.isLossless
      ? t.gateway.backLossless(announcement.back.away)
      : t.gateway.backLost(announcement.back.away);
  }
  const { record } = announcement;
  const label = socketLabel(t, record);
  if (announcement.kind === 'opened') return t.announcements.opened(label, record.state);
  if (announcement.kind === 'peer-waiting') return t.announcements['peer-waiting'](label, record.pending.waiting);
  if (announcement.kind === 'failed') {
    const code = record.failure?.code ?? 'INTERNAL';
    return t.announcements.failed(label, code, t.errors[code].what);
  }
  return t.announcements[announcement.kind](label);
}
