import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

const SENDS = 10_000;

test('10,000 sends in a row: all leave, all come back', async ({ play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.view('Table').click();
  // As a person at the keyboard does it, only faster: each send is a text typed and Enter pressed.
  await play.data.evaluate(async (box: HTMLTextAreaElement, sends) => {
    const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
    const { port1, port2 } = new MessageChannel();
    const painted = () =>
      new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(undefined);
      });
    for (let count = 0; count < sends; count += 1) {
      setValue?.call(box, String(count).padStart(5, '0'));
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      // Now and then a turn of the event loop, so that the page can draw and the gateway be heard.
      if (count % 50 === 0) await painted();
      else await Promise.resolve();
    }
  }, SENDS);
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 50 kB ↓ 50 kB');
  await play.events.press('Control+End');
  await expect(play.events).toContainText('09999');
  await expect(play.inspector).toContainText('49999 of the stream');
  await expect(play.state).toContainText('ESTABLISHED');
});
