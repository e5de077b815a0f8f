import { expect, test } from 'vitest';
import { parseRelayTarget } from './relay-target.ts';

test('a relay’s target is a host and a port, and both faults are told at once', () => {
  expect(parseRelayTarget({ host: ' [::1] ', port: '8009' })).toEqual({ host: '::1', port: 8009 });
  expect(parseRelayTarget({ host: 'localhost', port: '70000' })).toEqual({ errors: { port: 'PORT_INVALID' } });
  expect(parseRelayTarget({ host: '', port: '' })).toEqual({ errors: { host: 'HOST_INVALID', port: 'PORT_INVALID' } });
});
