import { expect } from '@playwright/test';
import type { Learner, Story } from './story.ts';

/** A terminal that waits for a line. */
async function say(me: Learner, file: string, line: string): Promise<void> {
  const program = me.program(file);
  await expect(program.state).toHaveText(me.learn.words.program.status.waiting);
  await program.type(line);
}
async function stop(me: Learner, file: string): Promise<void> {
  await me.program(file).stop.click();
  await expect(me.program(file).run).toBeVisible();
}
async function ended(me: Learner, file: string): Promise<void> {
  await expect(me.program(file).run).toBeVisible();
}
/** Runs a program that is not over yet as soon as it is. */
async function runAnew(me: Learner, file: string): Promise<void> {
  const program = me.program(file);
  if (await program.stop.isVisible()) await stop(me, file);
  await program.run.click();
}

/** Lessons that have programs: each story does what the text says, and no more. */
export const PROGRAM_STORIES: Readonly<Record<string, Story>> = {
  bytes: async (me) => {
    const { boundaries } = me.learn.words;
    await me.predict('six');
    await me.connect('Threaded echo');
    await me.play.send('你好');
    await me.met('utf8');
    await me.play.view('boundaries').click();
    await me.learn.workplace.getByRole('textbox', { name: boundaries.readSize }).fill('4');
    await me.learn.workplace.getByRole('button', { name: boundaries.setReadSize, exact: true }).click();
    await expect(me.learn.workplace.getByText(boundaries.readSizeOutcome.set)).toBeVisible();
    await me.play.send('你好');
    await me.choose('cut', 'why', 'character');
    await me.met('cut');
    await me.runAndWait('client.py', 'TypeError');
    await me.write('client.py', 'done/client.py');
    await me.run('client.py');
    await me.met('encode');
  },
  eof: async (me) => {
    await me.predict('waits');
    await me.run('server.py');
    await me.waits('server.py', 'accept');
    await me.runAndWait('client.py', 'sent nothing');
    await me.met('nothing');
    await me.step('nothing').evidence.click();
    await expect(me.learn.workplace.getByRole('row', { selected: true })).toContainText(/(accept|connect)\(/);
    await me.learn.tab('play').click();
    await me.connect('Timestamp echo');
    await me.play.closeButton.click();
    await me.met('leave');
    await me.play.choose(me.lab('Daytime'));
    await me.play.connectButton.click();
    await me.met('they-leave');
    await me.play.closeButton.click();
    await me.met('answer-it');
  },
  refused: async (me) => {
    await me.predict('error');
    await me.play.port.fill('8090');
    await me.play.connectButton.click();
    await me.met('refused');
    await me.runAndWait('client.py', 'gaierror');
    await me.write('client.py', 'done/client.py');
    await me.run('client.py');
    await me.met('name');
    await me.connect('Trouble');
    await me.lineEnding('lf');
    await me.play.send('silent');
    await me.play.send('anybody?');
    await me.met('silent');
    await me.write('client2.py', 'done/client2.py');
    await me.run('client2.py');
    await me.met('timeout');
  },
  listen: async (me) => {
    await me.predict('same');
    const port = await me.play.listen();
    await me.met('door');
    await me.connectTo(port);
    await me.met('guest');
    await me.chooseSocket('listener', 1);
    await me.play.acceptButton.click();
    await me.met('accept');
    await me.fill('port', 'port', port);
    await me.met('port');
    await me.chooseSocket('peer', 1);
    await me.play.send('welcome');
    await me.met('talk');
    await me.runAndWait('server.py', 'TypeError');
    await me.write('server.py', 'done/server.py');
    await me.run('server.py');
    await me.met('tuple');
  },
  threads: async (me) => {
    const { compare } = me.learn.words;
    const button = (name: string) => me.learn.workplace.getByRole('button', { name, exact: true });
    await me.predict('once');
    await me.play.view('compare').click();
    await me.learn.workplace.getByRole('radio', { name: compare.servers['Threaded echo'], exact: true }).check();
    await button(compare.join('A')).click();
    await button(compare.join('B')).click();
    await button(compare.say).click();
    await me.met('both');
    await me.run('server.py');
    await me.waits('server.py', 'select');
    await me.run('client.py');
    for (const line of ['one', 'two', 'three', '']) await say(me, 'client.py', line);
    await me.choose('count', 'fourth', 'end');
    await me.met('count');
    await stop(me, 'server.py');
    await me.write('server.py', 'done/server.py');
    await me.run('server.py');
    await me.waits('server.py', 'select');
    await me.run('client.py');
    for (const line of ['one', 'two', 'three', '']) await say(me, 'client.py', line);
    await me.met('once');
    await me.run('client.py');
    await me.run('client2.py');
    await say(me, 'client.py', 'first');
    await say(me, 'client2.py', 'second');
    await me.met('two');
  },
  programs: async (me) => {
    await me.predict('either');
    await me.runAndWait('server.py', 'waiting for connection');
    await me.run('client.py');
    await say(me, 'client.py', 'hello python');
    await me.met('hello');
    await say(me, 'client.py', '');
    await me.met('empty-line');
    await me.run('client.py');
    await expect(me.program('client.py').state).toHaveText(me.learn.words.program.status.waiting);
    await stop(me, 'server.py');
    await say(me, 'client.py', 'anybody?');
    await me.met('server-gone');
    await ended(me, 'client.py');
    await me.write('client.py', 'done/client.py');
    await me.run('client.py');
    await me.met('wrong-port');
    await me.choose('continue', 'empty', 'asks');
    await me.met('continue');
  },
  faults: async (me) => {
    const both = async (): Promise<void> => {
      await runAnew(me, 'server.py');
      await me.waits('server.py', 'accept');
      await runAnew(me, 'client.py');
    };
    await me.predict('error');
    await both();
    await expect(me.program('client.py').output).toContainText('gaierror');
    await me.write('client.py', 'done/client.py');
    await me.run('client.py');
    await me.met('address');
    await say(me, 'client.py', 'hello');
    await expect(me.program('server.py').output).toContainText('Errno 107');
    await me.write('server.py', 'done/heard.py');
    await both();
    await say(me, 'client.py', 'hello');
    await me.met('listener');
    await expect(me.program('server.py').output).toContainText('bytes-like');
    await me.write('server.py', 'done/said.py');
    await both();
    await say(me, 'client.py', 'hello');
    await me.met('str');
    await say(me, 'client.py', '');
    await ended(me, 'client.py');
    await stop(me, 'server.py');
    await me.write('server.py', 'done/server.py');
    await both();
    await say(me, 'client.py', '');
    await me.met('leak');
    await me.run('server2.py');
    await me.waits('server2.py', 'select');
    await me.run('client2.py');
    await say(me, 'client2.py', 'hello python');
    await expect(me.program('server2.py').output).toContainText('without an encoding');
    await stop(me, 'server2.py');
    await me.write('server2.py', 'done/server2.py');
    await me.run('server2.py');
    await me.waits('server2.py', 'select');
    await runAnew(me, 'client2.py');
    await say(me, 'client2.py', 'hello python');
    await me.met('encoding');
    await me.choose('names', 'name', 'ram');
    await me.met('names');
  },
  framing: async (me) => {
    await me.predict('luck');
    await me.runAndWait('server.py', 'waiting for messages');
    await me.run('client.py');
    await me.met('luck');
    await stop(me, 'server.py');
    await me.write('server.py', 'example:framing/server.py');
    await me.run('server.py');
    await me.waits('server.py', 'accept');
    await me.run('client.py');
    await me.met('exactly');
    await me.write('client.py', 'example:framing/client.py');
    await me.run('client.py');
    await me.met('pieces');
    await me.fill('byte-order', 'length', '00 00 00 03');
    await me.met('byte-order');
  },
  sendall: async (me) => {
    await me.predict('some');
    await me.run('server.py');
    await me.waits('server.py', 'accept');
    await me.run('client.py');
    await me.met('partial');
    await me.choose('full', 'second', 'full');
    await me.met('full');
    await me.write('client.py', 'done/client.py');
    await runAnew(me, 'server.py');
    await me.waits('server.py', 'accept');
    await runAnew(me, 'client.py');
    await me.met('blocked');
    await say(me, 'server.py', '');
    await me.met('all');
  },
  'half-close': async (me) => {
    await me.predict('yes');
    await me.connect('Raw echo');
    await me.play.send('last words');
    await me.play.halfCloseButton.click();
    await me.met('mine');
    await me.connect('Trouble');
    await me.lineEnding('lf');
    await me.play.send('half-close');
    await expect(me.play.state).toContainText('CLOSE-WAIT');
    await me.play.send('still here');
    await me.met('theirs');
    await me.run('server.py');
    await me.waits('server.py', 'accept');
    await me.write('client.py', 'done/client.py');
    await me.run('client.py');
    await me.met('until-end');
  },
  reset: async (me) => {
    await me.predict('error');
    await me.connect('Raw echo');
    await me.play.resetButton.click();
    await me.met('mine');
    await me.connect('Trouble');
    await me.lineEnding('lf');
    await me.play.send('reset 20');
    await me.lineEnding('none');
    await me.play.send('0123456789'.repeat(4));
    await me.met('theirs');
    await me.run('server.py');
    await me.waits('server.py', 'accept');
    await me.run('client.py');
    await me.met('unread');
    await ended(me, 'client.py');
    await me.write('client.py', 'done/client.py');
    await me.run('client.py');
    await me.met('after');
  },
  udp: async (me) => {
    const { boundaries } = me.learn.words;
    await me.predict('each');
    await me.play.choose(me.lab('Datagram echo'));
    await me.play.connectButton.click();
    await me.play.send('one');
    await me.play.send('two');
    await me.met('borders');
    await me.play.view('boundaries').click();
    await me.learn.workplace.getByRole('textbox', { name: boundaries.readSize }).fill('8');
    await me.learn.workplace.getByRole('button', { name: boundaries.setReadSize, exact: true }).click();
    await expect(me.learn.workplace.getByText(boundaries.readSizeOutcome.set)).toBeVisible();
    await me.play.send('hello python');
    await me.met('cut');
    await me.runAndWait('server.py', 'reading on');
    await me.run('client.py');
    await say(me, 'client.py', 'hello');
    await me.met('nobody');
    await say(me, 'client.py', '');
    await me.met('empty');
  },
  families: async (me) => {
    const { families, labs } = me.learn.words;
    await me.predict('permission');
    await me.learn.workplace.getByRole('button', { name: families.button, exact: true }).click();
    await me.choose('ask', 'rdm', 'unsupported');
    await me.met('ask');
    await me.play.choose(me.lab('Timestamp echo'));
    await me.play.host.fill('::1');
    await me.play.connectButton.click();
    await me.met('v6');
    await me.play.labServers.getByRole('button', { name: labs.byPath('Timestamp echo') }).click();
    await me.play.connectButton.click();
    await me.choose('unix', 'port', 'none');
    await me.met('unix');
    await me.learn.workplace.getByRole('textbox', { name: families.firstMessage }).fill('one');
    await me.learn.workplace.getByRole('textbox', { name: families.secondMessage }).fill('two');
    await me.learn.workplace.getByRole('textbox', { name: families.receiveSize }).fill('2');
    await me.learn.workplace.getByRole('button', { name: families.send, exact: true }).click();
    await me.met('seqpacket');
    await me.run('client.py');
    await me.met('mix');
    await me.choose('zero', 'zero', 'usual');
    await me.met('zero');
  },
  http: async (me) => {
    await me.predict('empty');
    await me.learn.tab('program').click();
    await me.run('server.py');
    await me.waits('server.py', 'accept');
    await me.learn.tab('play').click();
    await me.connectTo(8_080);
    await expect(me.play.state).toContainText('ESTABLISHED');
    await me.play.sendAs('escapes').check();
    await me.play.send('GET / HTTP/1.1\\r\\nHost: me\\r\\n\\r\\n');
    await me.met('get');
    await me.play.connectButton.click();
    await expect(me.play.state).toContainText('ESTABLISHED');
    await me.play.send('GET / HTTP/1.1\\r\\nHost: me\\r\\n');
    await me.met('forgotten');
    await me.play.view('stream').click();
    await me.choose('length', 'length', 'body');
    await me.met('length');
    await me.learn.tab('play').click();
    await me.play.closeButton.click();
    await me.learn.tab('program').click();
    await me.run('client.py');
    await me.met('same');
  },
  chat: async (me) => {
    const guests = async (): Promise<void> => {
      await me.waits('server.py', 'select');
      for (const file of ['client.py', 'client2.py']) await runAnew(me, file);
      for (const file of ['client.py', 'client2.py']) {
        await expect(me.program(file).state).toHaveText(me.learn.words.program.status.waiting);
      }
    };
    await me.predict('one');
    await me.run('server.py');
    await guests();
    await say(me, 'client.py', 'hello');
    await me.met('room');
    await me.run('client3.py');
    await me.met('vanish');
    await me.write('server.py', 'done/server.py');
    await runAnew(me, 'server.py');
    await guests();
    await me.runAndWait('client3.py', 'gone, with a reset');
    await say(me, 'client.py', 'still here');
    await me.met('survive');
    await stop(me, 'server.py');
    await me.write('server.py', 'example:chat-asyncio/server.py');
    await me.run('server.py');
    await guests();
    await say(me, 'client.py', 'hello');
    await me.met('asyncio');
    await me.choose('slow', 'slow', 'sendall');
    await me.met('slow');
  },
};
