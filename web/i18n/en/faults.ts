/** What is said of an exception that ended a program, beside its line. */
export const faults = {
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
};
