import { expect, test } from 'vitest';
import { en } from './en.ts';

// Other people's tests find the pages by these names: to change one is to break them.

test('the names of the Play page', () => {
  const { target, sockets, labs, session, composer, ladder, table, stream, inspector } = en;
  expect([target.protocol, target.host, target.port, target.connect]).toEqual(['Protocol', 'Host', 'Port', 'Connect']);
  expect([labs.title, sockets.title, sockets.listen, sockets.accept]).toEqual([
    'Lab servers',
    'My sockets',
    'Listen',
    'Accept',
  ]);
  expect([session.socketState, session.halfClose, session.reset, session.close]).toEqual([
    'Socket state',
    'Half-close',
    'Reset',
    'Close',
  ]);
  expect([composer.data, composer.sendAs, composer.lineEnding, composer.send]).toEqual([
    'Data to send',
    'Send as',
    'Line ending',
    'Send',
  ]);
  expect(Object.values(composer.sendAsOptions)).toEqual(['Text', 'Escapes', 'Hex']);
  expect(Object.values(composer.lineEndingOptions)).toEqual(['None', 'LF', 'CRLF']);
  expect([session.view, ...Object.values(session.views)]).toEqual([
    'View',
    'Ladder',
    'Table',
    'Stream',
    'Boundaries',
    'Compare',
  ]);
  expect([ladder.label, table.label, table.filter, stream.label]).toEqual(['Ladder', 'Events', 'Filter', 'Stream']);
  expect([inspector.label, inspector.grid]).toEqual(['Inspector', 'Bytes']);
  expect(Object.values(inspector.tab)).toEqual(expect.arrayContaining(['Bytes', 'Text', 'Kernel', 'Code']));
});

test('the names of the Program page', () => {
  const { run, stop, status, terminal, editor, example, ladder } = en.program;
  expect([run, stop, example, ladder.label]).toEqual(['Run', 'Stop', 'Example', 'Program ladder']);
  expect(status.label('server.py')).toBe('State of server.py');
  expect(terminal.output('server.py')).toBe('server.py output');
  expect(terminal.input('server.py')).toBe('Input for server.py');
  expect(editor('server.py')).toBe('server.py, the program');
});
