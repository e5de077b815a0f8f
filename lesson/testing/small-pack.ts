/** A pack of one lesson that has something of everything. */
export const SMALL_PACK: Readonly<Record<string, string>> = {
  'pack.json': JSON.stringify({
    format: 1,
    id: 'small',
    version: '1.0.0',
    languages: ['en'],
    licence: 'MIT',
    titles: { en: { pack: 'Small', one: 'Part one' } },
    parts: [{ id: 'one', lessons: ['hello'] }],
  }),
  'hello/lesson.json': JSON.stringify({
    format: 1,
    id: 'hello',
    minutes: 5,
    needs: [],
    start: { page: 'program', files: { 'server.py': 'start/server.py', 'client.py': 'example:timestamp/client.py' } },
    predict: { id: 'predict', choices: ['yes', 'no'], right: 'yes' },
    steps: [
      {
        id: 'say',
        rev: 1,
        questions: [{ id: 'port', number: true }],
        check: {
          all: [
            { seen: { call: 'connect', as: 'c' } },
            { any: [{ stream: ['$c', 'sent', { starts: 'hi\\n' }] }, { run: ['server.py', { exit: 0 }] }] },
            { answer: ['port', '$c.local.port'] },
            { none: { call: 'reset', on: '$c' } },
          ],
        },
        hints: [
          { id: 'refused', when: { seen: { call: 'connect', error: 'ECONNREFUSED' } } },
          { id: 'late', after: 20 },
        ],
        solution: [
          { connect: { lab: 'Raw echo', as: 'c' } },
          { send: ['$c', 'hi\\n'] },
          { answer: ['port', '$c.local.port'] },
        ],
        wrong: [{ hint: 'refused', actions: [{ connect: { host: '127.0.0.1', port: 8_090, as: 'x' } }] }],
      },
    ],
  }),
  'hello/en.md': `# Say hello
See who answers.

## predict | Does it answer?
- yes | It does
- no | It does not

## say | Say hi
Press {ui:target.connect}.

### question port | Which port is yours?
### hint refused | Nobody listens there.
### hint late
Take one from the list.

## takeaway
It answers.
`,
  'hello/start/server.py': 'print("hello")\n',
};
