import { describe, expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { zhCN } from '../i18n/zh-CN.ts';
import { LiveSocket } from '../store/live-socket.ts';
import { announcementText } from './announcement-text.ts';

function client(): LiveSocket {
  const target = { host: '127.0.0.1', port: 9_999 };
  return new LiveSocket({ id: 1, ordinal: 1, kind: 'tcp', target, receiveSize: 1_024 });
}

test('a failure is told with its code and what happened', () => {
  const record = client();
  record.handler().onReset?.({ at: 1, code: 'ECONNREFUSED', text: 'connect ECONNREFUSED' });
  expect(announcementText(en, { kind: 'failed', record })).toBe(
    'client 1: ECONNREFUSED. No program listens on that port.',
  );
  expect(announcementText(zhCN, { kind: 'failed', record })).toBe('客户端 1：ECONNREFUSED。该端口上没有程序在监听。');
});

test('a connection is told with its state', () => {
  const record = client();
  record.handler().onOpened?.({ called: 1, at: 2, local: { host: '127.0.0.1', port: 40_000 } });
  expect(announcementText(en, { kind: 'opened', record })).toBe('client 1: ESTABLISHED');
});

describe('after an outage', () => {
  test.each([
    [{ away: 400, isLossless: true }, 'Back after 1 second, nothing lost.'],
    [{ away: 12_300, isLossless: true }, 'Back after 12 seconds, nothing lost.'],
    [
      { away: 130_000, isLossless: false },
      'Back after 130 seconds. Your earlier sockets are closed; bytes that were on their way may be lost.',
    ],
  ])('%j', (back, text) => {
    expect(announcementText(en, { kind: 'back', back })).toBe(text);
  });
});

test('the gateway’s phases are told', () => {
  expect(announcementText(en, { kind: 'phase', phase: 'offline' })).toBe(en.announcements.phase.offline);
});
