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
  expect([session.reading.byItself, session.reading.picture]).toEqual(['Read by itself', 'Where are the bytes?']);
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
    'Waiting room',
    'Ports',
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

test('the names of the page Learn', () => {
  const { learn } = en;
  expect([learn.lessons, learn.lesson, learn.workplace, learn.steps, learn.stepsDone, learn.stepState]).toEqual([
    'Lessons',
    'Lesson',
    'Workplace',
    'Steps',
    'Steps done',
    'Step state',
  ]);
  expect([
    learn.predict,
    learn.check,
    learn.prediction,
    learn.answer,
    learn.hint,
    learn.showMe,
    learn.startAgain,
  ]).toEqual(['Predict', 'Check', 'Prediction', 'Answer', 'Hint', 'Show me', 'Start again']);
  expect([learn.progress, learn.save, learn.open, learn.forget, learn.openLessons]).toEqual([
    'Progress',
    'Save',
    'Open',
    'Forget',
    'Open lessons…',
  ]);
  expect(learn.entry(11, 'Two sends, one recv')).toBe('11. Two sends, one recv');
  expect(learn.step(2, 'Cut a send')).toBe('Step 2: Cut a send');
  expect(learn.stepsDoneText(2, 3)).toBe('2 of 3');
  expect(learn.announced(2)).toBe('Step 2 met');
  expect([learn.state.waiting, learn.state.met, learn.state.shown, learn.state.skipped('why')]).toEqual([
    'waiting',
    'met',
    'shown',
    'skipped: why',
  ]);
});
