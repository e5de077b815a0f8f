import { expect } from '@playwright/test';
import { callCards } from '../web/i18n/en/call-cards.ts';
import { experiments } from '../web/i18n/en/experiments.ts';
import { expectAccessible } from './accessibility.ts';
import { test } from './fixtures.ts';

test('the first minute: hello in four calls, what a call does, and an experiment that asks and answers', async ({
  page,
  play,
}) => {
  await page.goto('/?view=table&text=hi%20there');
  await expect(play.view('table')).toHaveAttribute('aria-selected', 'true');
  await expect(play.data).toHaveValue('hi there');
  await expect(play.connectButton).toBeEnabled();
  await play.tryOut.getByRole('button', { name: 'Say hello' }).click();
  await expect(play.ladder).toContainText("] b'hello python'");
  const calls = (await play.ladderRows()).map(([, , client = '', , server = '']) => `${client} | ${server}`);
  const accept = calls.findIndex((text) => /\| accept\(\)/.test(text));
  expect(accept).toBeGreaterThan(0);
  expect(calls.slice(accept + 1).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
    "send(b'hello python') → 12 | recv(1024) → 12 B",
    'recv(32768) → 42 B | send(42 B) → 42',
  ]);

  // A call that moved no bytes shows its card at once; its terms are one press away.
  await play.ladder.getByRole('gridcell', { name: /^connect\(/ }).click();
  const card = play.inspector.getByRole('tabpanel', { name: 'Call' });
  await expect(card).toContainText(callCards.cards.connect.lead);
  await expect(card).toContainText('client.connect((');
  await expect(card).toContainText('SYN-SENT');
  await card.getByRole('button', { name: callCards.glossary.handshake.name }).click();
  await expect(card).toContainText(callCards.glossary.handshake.text);
  await card.getByRole('button', { name: /accept\(\)/ }).click();
  await expect(card).toContainText(callCards.cards.accept.lead);

  await play.tryOut.getByRole('button', { name: 'Cut it' }).click();
  const experiment = page.getByRole('region', { name: experiments.label });
  await expect(experiment).toContainText(experiments.questions.cut.question);
  await experiment.getByRole('button', { name: experiments.questions.cut.act }).click();
  await expect(experiment.getByRole('status')).toContainText(experiments.questions.cut.after);
  await expect(play.view('boundaries')).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(page);
});
