import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { parseEventsKept } from '../trace/trace-buffer.ts';
import { App } from './app/App.tsx';
import { fetchPage } from './app/pages.tsx';
import { parsePath } from './app/router.ts';
import { takeTeachKey, takeToken } from './app/token.ts';
import { pickLanguage } from './i18n/language.ts';
import { loadMessages } from './i18n/t.ts';
import { browserClock, createWebSocketDial, gatewayUrl } from './platform/browser-gateway.ts';
import { fetchDeferred } from './platform/deferred.tsx';
import { readStored, readStoredJson } from './platform/stored.ts';
import { Playground } from './store/playground.ts';
import { PageStates } from './ui/page/page-states.ts';
import { trustOwnScripts } from './ui/page/trusted-urls.ts';

trustOwnScripts();
const { base, page } = parsePath(window.location.pathname);
takeTeachKey(window.location.hash);
const token = takeToken(window.location.hash);
const playground = new Playground({
  dial: createWebSocketDial(gatewayUrl(window.location, base)),
  clock: browserClock,
  random: Math.random,
  schedule: (flush) => queueMicrotask(flush),
  eventsKept: parseEventsKept(readStoredJson('browser', 'events-kept')),
  ...(token === undefined ? {} : { token }),
});
const { client } = playground;

window.addEventListener('online', () => client.poke());
document.addEventListener('visibilitychange', () => {
  const isVisible = document.visibilityState === 'visible';
  client.setPinging(isVisible);
  if (isVisible) client.poke();
});
window.addEventListener('pagehide', () => client.leave());
// Back from the browser's cache the session has been left: begin anew; drafts are kept.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) window.location.reload();
});

const language = pickLanguage(readStored('browser', 'language'), navigator.languages);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
client.start();
fetchPage(page);
void draw(root);

/** No top-level await: the words import from the chunk that this module is in, which would then wait for itself. */
async function draw(into: Element): Promise<void> {
  const messages = await loadMessages(language);
  createRoot(into).render(
    <StrictMode>
      <App playground={playground} base={base} first={{ language, messages }} states={new PageStates()} />
    </StrictMode>,
  );
  fetchDeferred();
}
