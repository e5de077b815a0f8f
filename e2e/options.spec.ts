import { createServer } from 'node:net';
import { expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { labPort, test } from './fixtures.ts';

test('the panel opens and closes by keyboard, and gives the focus back', async ({ play, page }) => {
  await play.open();
  const button = page.getByRole('button', { name: 'Options', exact: true });
  const panel = page.getByRole('region', { name: 'Socket options' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(panel).toBeVisible();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  // The panel follows the last of the buttons beside Connect.
  await page.getByRole('button', { name: 'Families', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('checkbox', { name: 'TCP_NODELAY' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
});

test('options at connect: the kernel’s own values are shown, with the reason why they are doubled', async ({
  play,
  page,
}) => {
  test.skip(process.platform !== 'linux', 'the values are Linux’s');
  await play.open();
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  const next = page.getByRole('group', { name: 'At the next connect()' });
  await next.getByRole('checkbox', { name: 'TCP_NODELAY' }).uncheck();
  await next.getByRole('checkbox', { name: 'SO_KEEPALIVE' }).check();
  await next.getByRole('textbox', { name: 'SO_SNDBUF' }).fill('8192');
  await next.getByRole('textbox', { name: 'recv(n) here' }).fill('4');
  await play.connectTo(/Raw echo/);
  const now = page.getByRole('group', { name: 'Now, on client 1' });
  await expect(now.getByRole('checkbox', { name: 'SO_KEEPALIVE' })).toBeChecked();
  await expect(now.getByRole('checkbox', { name: 'TCP_NODELAY' })).not.toBeChecked();
  const panel = page.getByRole('region', { name: 'Socket options' });
  await expect(panel).toContainText('SO_SNDBUF16384');
  await expect(panel).toContainText('Linux: twice what was asked');
  await play.send('0123456789');
  await expect(play.ladder.getByText('recv(4)')).toHaveCount(3);

  await now.getByRole('checkbox', { name: 'SO_LINGER 0' }).check();
  await now.getByRole('textbox', { name: 'recv(n) here' }).fill('6');
  await now.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(panel.getByRole('status')).toContainText('Set.');
  await play.send('0123456789');
  await expect(play.ladder.getByText('recv(6)')).toHaveCount(2);
  await play.closeButton.click();
  await expect(play.state).toContainText('CLOSED');
  await expect(play.ladder).toContainText('RST');
});

test('a wrong number is said at once, and nothing is dialled', async ({ play, page }) => {
  await play.open();
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  await page.getByRole('textbox', { name: 'recv(n) here' }).fill('70000');
  await expect(play.alert).toContainText('1 to 65536');
  await page.getByRole('button', { name: 'Options', exact: true }).click();
  await play.connectButton.click();
  await expect(play.alert).toContainText('1 to 65536');
  await expect(play.sockets.getByRole('listitem')).toHaveCount(0);
});

test('a local port that somebody listens on: EADDRINUSE, with its sentence', async ({ play, page, playground }) => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await play.open({ host: '127.0.0.1', port: labPort(playground, 'Raw echo') });
    await page.getByRole('button', { name: 'Options', exact: true }).click();
    await page.getByRole('textbox', { name: 'Local port' }).fill(String((server.address() as { port: number }).port));
    await play.connectButton.click();
    await expect(play.state).toContainText('EADDRINUSE');
    await expect(page.getByText('Address already in use').first()).toBeVisible();
  } finally {
    server.close();
  }
});

test('the EADDRINUSE lesson: TIME-WAIT keeps the port from a listener without SO_REUSEADDR', async ({ play, page }) => {
  test.skip(process.platform !== 'linux', 'elsewhere the flag means something else');
  await play.open();
  const port = String(await play.listen());
  await play.port.fill(port);
  await play.connectButton.click();
  await play.acceptButton.click();
  await play.socket('peer 1').click();
  await play.closeButton.click(); // who closes first keeps the TIME-WAIT
  await play.socket('client 1').click();
  await expect(play.state).toContainText('CLOSE-WAIT');
  await play.closeButton.click();
  await play.socket('listener 1').click();
  await play.closeButton.click();
  await expect(play.state).toContainText('CLOSED');

  await page.getByRole('button', { name: 'Choose host and port' }).click();
  await page.getByRole('textbox', { name: 'Listen port' }).fill(port);
  await page.getByRole('checkbox', { name: 'SO_REUSEADDR' }).uncheck();
  await play.listenButton.click();
  await expect(play.state).toContainText('EADDRINUSE');
  await page.getByRole('checkbox', { name: 'SO_REUSEADDR' }).check();
  await play.listenButton.click();
  await expect(play.state).toContainText('LISTEN');
});
