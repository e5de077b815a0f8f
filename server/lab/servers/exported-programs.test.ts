import { describe, expect, test } from 'vitest';
import type { Conversation, Step } from '../../../trace/export/conversation.ts';
import { GENERATORS } from '../../../trace/testing/generators.ts';
import { startSource } from '../../../trace/testing/programs.ts';
import { startTestLab, TUTORIAL_CTIME } from '../testing/test-lab.ts';

const send = (text: string): Step => ({ kind: 'send', at: 0, bytes: Buffer.from(text) });
const receive = (count: number): Step => ({ kind: 'receive', at: 0, count });

/** What a program has shown, however it shows bytes: xxd's columns are undone, quotes of a repr left alone. */
function shown(name: string, stdout: Buffer): string {
  if (name !== 'nc and xxd') return stdout.toString();
  const hex = stdout.toString().replaceAll(/^[0-9a-f]+: ((?:[0-9a-f]{2,4} )+) .*$/gm, '$1');
  return Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').toString();
}

describe.each(GENERATORS)('a recorded conversation as $name', (generator) => {
  test.skipIf(!generator.isHere).each([
    ['Timestamp echo', `[${TUTORIAL_CTIME}] b'hello python'`],
    ['Threaded echo', `${TUTORIAL_CTIME} b'hello python'`],
    ['Raw echo', 'hello python'],
  ])('is answered by the %s server as it was in the page', async (name, answer) => {
    const { server } = await startTestLab();
    const { host, port } = server(name);
    const conversation: Conversation = {
      transport: 'tcp',
      role: 'connect',
      endpoint: { host, port },
      steps: [send('hello python'), receive(answer.length), { kind: 'close', at: 0 }],
    };
    const { done } = await startSource(generator, generator.write(conversation), []);
    const { stdout, stderr, code } = await done;
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(shown(generator.name, stdout)).toContain(answer);
  });
});
