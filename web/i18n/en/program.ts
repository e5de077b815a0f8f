import type { Milliseconds } from '../../../protocol/units.ts';
import { formatSpan, plural } from '../format.ts';

export const program = {
  title: 'Two programs, one connection',
  hint: (version: string) => `Python ${version} in this tab. Its sockets are real: the gateway opens them.`,
  example: 'Example',
  ownPrograms: 'Programs of your own',
  fromLink: 'Programs from a link',
  examplesGroup: 'Examples',
  name: 'Name of these programs',
  forget: 'Delete',
  forgetHint: (name: string) => `Delete ${name} from this browser`,
  zip: 'Download .zip',
  zipHint: 'All your own programs, and those that are shown',
  examples: {
    timestamp: 'Timestamp echo, one client at a time',
    threading: 'Timestamp echo, a thread per client',
    printed: 'Timestamp echo with the tutorial’s faults',
    'chat-threads': 'Chat room with threads',
    'chat-select': 'Chat room with select',
    'chat-asyncio': 'Chat room with asyncio',
    http: 'HTTP server by hand',
    udp: 'A pair of UDP programs',
    framing: 'Messages on a stream: framing by length',
    'port-in-use': 'A port in use',
  },
  open: 'Open…',
  openLabel: (file: string) => `Open… a file as ${file}`,
  download: 'Download .py',
  downloadLabel: (file: string) => `Download .py: ${file}`,
  share: 'Share by link',
  shareLabel: 'Link to these programs',
  shareCopied: 'The link is on the clipboard. It holds the programs themselves; no server sees them.',
  shareByHand: 'Copy this link: it holds the programs themselves; no server sees them.',
  addClient: '+ client',
  runBoth: 'Run both',
  stopBoth: 'Stop all',
  run: 'Run',
  stop: 'Stop',
  remove: (file: string) => `Remove ${file}`,
  editor: (file: string) => `${file}, the program`,
  panes: 'Program',
  args: (file: string) => `Arguments of ${file}`,
  argsCaption: 'arguments',
  argsHint: 'What follows the program’s name on its command line: sys.argv[1:]',
  files: {
    view: 'Files',
    label: 'Files of these programs',
    empty: 'No files yet. What a program writes with open() is kept here, and every program of the page can read it.',
    about:
      'Choose a file to read or change it. A module that you create here, such as helper.py, can be imported: import helper.',
    name: 'Name of a new file',
    placeholder: 'helper.py',
    create: 'New file',
    upload: 'Upload…',
    download: 'Download',
    downloadHint: (name: string) => `Download ${name}`,
    delete: 'Delete',
    deleteHint: (name: string) => `Delete ${name}`,
    text: (name: string) => `Text of ${name}`,
    noText: (name: string) => `${name} has no text that can be changed here: download it.`,
    refused: (name: string) =>
      `${name} was not kept: a file may have at most 8 MiB, all files together at most 32 MiB, and a name must not contain “..”.`,
  },
  task: {
    label: 'Task',
    add: 'Add a task',
    addHint:
      'A text, and test clients that connect to the server and report what passed. The shared link carries them.',
    body: 'The task and its test clients',
    check: 'Check the server',
    result: 'Result of the check',
    passed: (passed: number, count: number) => `${passed} of ${count} passed`,
    client: (number: number, port: number) => `Test client ${number}, to port ${port}`,
    change: 'Change',
    done: 'Done',
    remove: 'Remove the task',
    text: 'What to write',
    script: 'Test clients, as JSON',
    scriptHint:
      'Each has an id, the server’s port and a script: send, sendSlowly, expectBytes, expectText, expectEnd, expectSilence, end, reset.',
    wrong: (why: string) => `These are not test clients: ${why}`,
    marks: { passed: '✓ passed', failed: '✗ failed', unreached: 'not reached' },
    actions: {
      send: (bytes: string) => `sends ${bytes}`,
      sendSlowly: (bytes: string, size: number) => `sends ${bytes}, ${size} B at a time`,
      expectBytes: (bytes: string) => `receives ${bytes}`,
      expectText: (text: string) => `receives the text ${text}`,
      expectEnd: { fin: 'receives FIN', reset: 'receives RST' },
      expectSilence: (ms: number) => `receives nothing for ${ms} ms`,
      end: 'half-closes: sends FIN',
      reset: 'sends RST',
    },
  },
  troubled: 'troubled proxy on',
  terminalHeight: (file: string) => `Height of the terminal of ${file}`,
  divider: 'Height of the ladder',
  status: {
    label: (file: string) => `State of ${file}`,
    idle: 'ready',
    loading: 'Python is starting',
    starting: 'starting',
    running: 'running',
    waiting: 'waiting for you',
    blocked: 'blocked',
    stopping: 'stopping',
    exited: (code: number) => (code === 0 ? 'ended' : `ended, code ${code}`),
  },
  blocked: {
    input: 'waiting for the keyboard',
    since: (call: string, took: Milliseconds) => `${call} blocked ${Math.floor(took / 1_000)} s`,
    threads: (count: number) => plural(count, 'thread', 'threads'),
  },
  notes: {
    own: (nth: number) => `My programs ${nth}`,
    ended: (code: number, took: Milliseconds) =>
      `${code === 0 ? 'Ended' : `Ended with exit code ${code}`} after ${formatSpan(took * 1_000)}.`,
    killed: 'It did not stop by itself, so the process was ended. Its sockets are closed.',
    died: 'The Python interpreter crashed and was restarted. Your program and its output are kept; its sockets are closed.',
    standIn: (asked: string, outside: string) =>
      `Inside this tab your server is at ${asked}. Programs outside the tab reach it at ${outside}, a port that the playground lends.`,
  },
  loading: {
    label: 'Loading Python',
    text: 'Python is loading. This happens once: the browser keeps it.',
    failed: (reason: string) => `Python could not be loaded: ${reason}`,
    retry: 'Try again',
  },
  shared: {
    text: 'These programs came from a link. Read them first: they run when you press Run, not before.',
    leave: 'Back to my programs',
  },
  ofLesson: 'These programs belong to a lesson. Your own are kept.',
  unsupported: {
    browser: {
      title: 'This browser cannot run the programs',
      body: 'A Python call that waits needs WebAssembly’s promise integration (JSPI). Chrome and Edge have it from version 137 on. Everything else in the playground works here.',
    },
    host: {
      title: 'This host serves no Python',
      body: 'The server was started with --no-python, so that no browser downloads its 15 MB. Everything else in the playground works here.',
    },
    back: 'Go to Play',
  },
  fault: {
    line: (line: number) => `Line ${line}`,
    fix: 'Fix this line',
    inThread: (name: string) => `It ended the thread ${name}; the other threads go on.`,
    kinds: {
      'text-not-bytes': {
        what: () => 'A socket carries bytes, and this is a str.',
        tryThis:
          'Say how the text becomes bytes: .encode() turns it into UTF-8. The receiver turns it back with .decode().',
      },
      'listener-not-connection': {
        what: () => 'This is the listening socket: it accepts connections and carries no bytes.',
        tryThis: 'Send and receive on the socket that accept() returned.',
      },
      'address-not-pair': {
        what: () => 'An address is one value, a pair of host and port.',
        tryThis: 'Put the two in their own brackets: ((host, port)).',
      },
      'port-not-number': { what: () => 'The port is a str here.', tryThis: 'A port is a number: 8009, not "8009".' },
      indentation: {
        what: () => 'The indentation of this line does not fit the lines around it.',
        tryThis:
          'Lines that belong to while, if, for, def or try are indented further, by the same number of spaces on each line. Text copied from a page often loses its indentation: put it back with Tab.',
      },
      'address-has-comma': {
        what: () => 'This address has a comma in place of a dot.',
        tryThis: 'The parts of an IPv4 address are separated by dots: 127.0.0.1.',
      },
      'name-unknown': {
        what: () => 'This name has no address here.',
        tryThis:
          'Check the spelling. 127.0.0.1 and localhost are this machine. The playground’s rules may also keep programs from looking names up.',
      },
      'bytes-without-encoding': {
        what: () => 'bytes() of a str needs the encoding.',
        tryThis: 'Write bytes(text, "utf-8"), or text.encode().',
      },
      'text-beside-bytes': {
        what: () => 'A str and bytes do not mix: recv() returns bytes.',
        tryThis: 'Turn the bytes into text first, with .decode(); or write the text as bytes: b"…".',
      },
      'decode-on-text': {
        what: () => 'This is already a str; only bytes are decoded.',
        tryThis: 'Leave .decode() out. Use it once, on what recv() returned.',
      },
      'encode-on-bytes': {
        what: () => 'These are already bytes; only a str is encoded.',
        tryThis: 'Leave .encode() out.',
      },
      'no-argument': {
        what: () => 'The program reads an argument from its command line, but it was given none.',
        tryThis:
          'sys.argv[0] is the name of the program, sys.argv[1] the first argument. Type it into the field “arguments” above the program.',
      },
      'no-such-module': {
        what: (name: string) => `There is no module ${name} here.`,
        tryThis:
          'Programs in this page have Python’s standard library and no other packages. For HTTP there are urllib.request and http.client.',
      },
      'timed-out': {
        what: () => 'The call waited as long as its timeout allows, but nothing came.',
        tryThis:
          'settimeout() sets how long. Does the other program send anything, and has it connected? Catch TimeoutError where you expect that nothing may come.',
      },
      'nobody-listens': {
        what: () => 'No program listens on that address and port.',
        tryThis:
          'Run the server first and wait until it reaches accept(). Compare the host and the port in both programs. The lab servers of the Play page listen too.',
      },
      'port-in-use': {
        what: () =>
          'Another socket has this port, or a connection of it is in TIME-WAIT: the end that closes first keeps its port for a minute.',
        tryThis:
          'Stop the program that has the port. If it was this server a moment ago: wait a minute, or use another port in both programs. To run it again at once, set the option before bind(), from the first run on: setsockopt(SOL_SOCKET, SO_REUSEADDR, 1).',
      },
      'not-allowed-here': {
        what: (target: string) => `The playground’s rules do not let programs reach this address: ${target}.`,
        tryThis: 'Programs and lab servers on this machine, 127.0.0.1, can be reached. The instructor can allow more.',
      },
      'no-broadcast': {
        what: () => 'A broadcast datagram needs permission first.',
        tryThis: 'Set the option first: setsockopt(SOL_SOCKET, SO_BROADCAST, 1). The playground delivers no broadcast.',
      },
      'python-2': {
        what: () => 'This is Python 2. Python 3 writes it as a call.',
        tryThis: 'print is a function with brackets, and raw_input() is called input().',
      },
      'character-cut': {
        what: () => 'These bytes are not whole characters of UTF-8.',
        tryThis:
          'TCP may cut a character in two: collect bytes until the message is whole, then decode. Or the sender used another encoding.',
      },
      'input-ended': {
        what: () => 'The keyboard’s input has ended (Ctrl+D), so input() had nothing to return.',
        tryThis: 'Run it again and type a line; or catch EOFError and end.',
      },
    },
  },
  terminal: {
    label: (file: string) => `${file} terminal`,
    output: (file: string) => `${file} output`,
    input: (file: string) => `Input for ${file}`,
    caption: 'terminal',
    copy: 'Copy',
    clear: 'Clear',
    newest: (count: number) => `${count} new`,
    kept: (rows: number) => `only the last ${rows.toLocaleString('en')} lines are kept`,
  },
  running: (programs: number, sockets: number) =>
    `${plural(programs, 'program runs', 'programs run')} · ${plural(sockets, 'socket', 'sockets')}`,
  steps: {
    toolbar: 'Step through the calls',
    label: 'Between two calls',
    view: 'Between calls',
    pause: 'Pause',
    pauseHint: 'Stop before the next socket call, in every thread',
    next: 'Next call',
    nextHint: 'Make the call that has waited longest, and stop before the next one',
    resume: 'Continue',
    resumeHint: 'Run without stopping',
    empty:
      'Press Pause: each program then stops before its next socket call, and this view shows what the kernels between them hold.',
    buffers: 'In the buffers',
    noChannel: 'No connection between these programs yet.',
    ofProgram: (file: string) => `State of ${file} between calls`,
    notRunning: 'It is not running.',
    computing: 'It is computing: no thread has stopped or is waiting.',
    goesOn: 'It keeps running.',
    stands: (call: string) => `before ${call}()`,
    waits: (call: string) => `waits in ${call}()`,
    module: 'the program',
    mainThread: 'main thread',
    variables: 'Variables',
    console: {
      log: (file: string, thread: string) => `Console of ${file}, ${thread}`,
      input: (file: string, thread: string) => `Python for ${file}, ${thread}`,
      placeholder: 'len(data)',
      hint: 'Runs in this thread’s frame, with its variables. A call that would have to wait raises RuntimeError.',
      gone: 'The thread has gone on in the meantime.',
    },
    table: (file: string) => `Sockets of ${file}`,
    noSockets: 'No socket is open.',
    columns: [
      { name: 'fd', hint: 'The descriptor: the number of the socket in the process' },
      { name: 'state', hint: 'As RFC 9293 spells it' },
      { name: 'local', hint: 'The address of this end' },
      { name: 'peer', hint: 'The address of the other end' },
      {
        name: 'Recv-Q',
        hint: 'Bytes that have arrived but that no recv() has taken; for a listener, its accept queue',
      },
      { name: 'Send-Q', hint: 'Bytes of send() that the other end has not acknowledged' },
      { name: 'waits', hint: 'Which thread waits for it, in which call' },
      { name: 'options', hint: 'What setsockopt() has set' },
    ],
    receiveParts: (here: number, kernel: number | undefined) =>
      `${here} B in the tab, ${kernel ?? '?'} B in the kernel of the gateway’s machine`,
    sendParts: (here: number, kernel: number | undefined) =>
      `${here} B on the way to the gateway, ${kernel ?? '?'} B in the kernel of its machine`,
    channel: (one: string, other: string) => `Connection of ${one} and ${other}`,
    sendBuffer: (bytes: string) => `send buffer ${bytes}`,
    inProxy: (bytes: string) => `troubled proxy ${bytes}`,
    receiveBuffer: (bytes: string) => `receive buffer ${bytes}`,
    nothingUnread: (file: string) => `${file} has read all of it`,
    unread: (file: string) => `not read by ${file}:`,
  },
  sockets: {
    label: 'The programs’ sockets',
    list: 'Sockets of the programs',
    all: 'All',
    opened: 'opened here:',
    bound: (span: string) => `times ± ${span}`,
    boundHint:
      'Programs run in this tab, and the tab’s clock is compared with the server’s: a time can be wrong by this much.',
    dropped: (count: number) => `The oldest ${plural(count, 'socket is', 'sockets are')} no longer kept.`,
  },
  ladder: {
    label: 'Program ladder',
    clear: 'Clear',
    clearHint: 'Forget the sockets that are closed, and their calls',
    empty: 'Run a program: each of its socket calls is shown here, with its line.',
  },
};
