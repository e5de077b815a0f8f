import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('half-close: the other end still answers, then both are done', async ({ play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.send('last words');
  await play.halfCloseButton.click();
  await expect(play.state).toContainText(/TIME-WAIT|CLOSED/);
  await expect(play.ladder).toContainText('shutdown(SHUT_WR)');
  await expect(play.sockets.getByRole('listitem')).toContainText('↑ 10 B ↓ 10 B');
  await expect(play.halfCloseButton).toBeDisabled();
});

test('half-close leaves FIN-WAIT-2 here and CLOSE-WAIT there until the other end closes too', async ({ play }) => {
  await play.open();
  const port = String(await play.listen());
  await play.port.fill(port);
  await play.connectButton.click();
  await play.acceptButton.click();
  await play.socket('client 1').click();
  await play.halfCloseButton.click();
  await expect(play.state).toContainText('FIN-WAIT-2');
  await expect(play.halfCloseButton).toBeDisabled();
  await play.socket('peer 1').click();
  await expect(play.state).toContainText('CLOSE-WAIT');
  await play.send('still here');
  await play.closeButton.click();
  await play.socket('client 1').click();
  await expect(play.ladder).toContainText('still here');
  await expect(play.state).toContainText(/TIME-WAIT|CLOSED/);
});

test('reset ends the connection at once', async ({ play }) => {
  await play.open();
  await play.connectTo(/Raw echo/);
  await play.resetButton.click();
  await expect(play.state).toContainText('CLOSED');
  await expect(play.resetButton).toBeDisabled();
  // One RST, which the server's recv meets; its close() sends nothing.
  await expect(play.ladder.getByRole('gridcell', { name: 'close()', exact: true })).toHaveCount(1);
  const wires = (await play.ladderRows()).map(([, , , wire]) => wire ?? '');
  expect(wires.filter((wire) => wire.includes('RST'))).toHaveLength(1);
  expect(wires.filter((wire) => wire.includes('FIN'))).toHaveLength(0);
});

test('a server that closes leaves the client in CLOSE-WAIT, free to close', async ({ play }) => {
  await play.open();
  await play.choose(/Daytime/);
  await play.connectButton.click();
  await expect(play.state).toContainText('CLOSE-WAIT');
  await play.closeButton.click();
  await expect(play.state).toContainText('CLOSED');
});
