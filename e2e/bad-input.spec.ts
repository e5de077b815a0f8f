import { expect } from '@playwright/test';
import { vacantPort } from '../protocol/testing/vacant-port.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

for (const [host, port, sentence] of [
  ['http://127.0.0.1/', '8009', /host/i],
  ['1.2.3', '8009', /host|address/i],
  ['127.0.0.1', '65536', /port/i],
  ['127.0.0.1', 'http', /port/i],
] as const) {
  test(`${host} port ${port} cannot be: nothing is dialled, nothing typed is lost`, async ({ play }) => {
    await play.open();
    await play.host.fill(host);
    await play.port.fill(port);
    await play.port.press('Enter');
    await expect(play.alert).toContainText(sentence);
    await expect(play.alert).toContainText(/Python raises (?:\w+\.)?(?:\w*error|nothing): /i);
    await expect(play.host).toHaveValue(host);
    await expect(play.port).toHaveValue(port);
    await expect(play.sockets.getByRole('listitem')).toHaveCount(0);
  });
}

test('nobody listening: refused, with the exception Python raises and what to try', async ({ page, play }) => {
  const port = await vacantPort();
  await play.open({ host: '127.0.0.1', port });
  await play.connectButton.click();
  await expect(play.state).toContainText('ECONNREFUSED');
  await expect(page.getByText('ConnectionRefusedError: [Errno 111] Connection refused')).toBeVisible();
  await expect(page.getByText('The numbers are Linux’s.')).toBeVisible();
  await expect(page.getByText('What to try')).toBeVisible();
  await expectAccessible(page);
});

test('a target outside the policy is refused with a reason', async ({ page, play }) => {
  await play.open({ host: '192.0.2.1', port: 80 });
  await play.connectButton.click();
  await expect(play.state).toContainText('TARGET_FORBIDDEN');
  await expect(page.getByText('What to try')).toBeVisible();
});

test('a name that does not resolve says so', async ({ page, play }) => {
  await play.open({ host: 'no-such-host.example', port: 80 });
  await play.connectButton.click();
  await expect(play.state).toContainText('NAME_UNRESOLVED');
  await expect(page.getByText(/gaierror/)).toBeVisible();
});

test('a port already bound: EADDRINUSE', async ({ page, play }) => {
  await play.open();
  const port = String(await play.listen());
  await page.getByRole('button', { name: 'Choose host and port' }).click();
  await page.getByRole('textbox', { name: 'Listen port' }).fill(port);
  await play.listenButton.click();
  await expect(play.state).toContainText('EADDRINUSE');
  await expect(page.getByText('OSError: [Errno 98] Address already in use')).toBeVisible();
});

for (const { sendAs, text, sentence } of [
  { sendAs: 'escapes', text: 'hello\\q', sentence: /escape/i },
  { sendAs: 'escapes', text: '\\x4', sentence: /escape/i },
  { sendAs: 'hex', text: '68 6', sentence: /hex/i },
  { sendAs: 'hex', text: '68 xx', sentence: /hex/i },
] as const) {
  test(`${text} as ${sendAs} is an error in place: nothing is sent, nothing lost`, async ({ play }) => {
    await play.open();
    await play.connectTo(/Raw echo/);
    await play.sendAs(sendAs).click();
    await play.data.fill(text);
    await play.data.press('Enter');
    await expect(play.alert).toContainText(sentence);
    await expect(play.data).toHaveValue(text);
    await expect(play.sockets.getByRole('listitem')).toContainText('↑ 0 B');
  });
}

test('a send on a closed socket says what Python raises, and keeps the text', async ({ play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.closeButton.click();
  await expect(play.state).toContainText('CLOSED');
  await play.data.fill('too late');
  await play.data.press('Enter');
  await expect(play.alert).toContainText(/Error/);
  await expect(play.data).toHaveValue('too late');
});
