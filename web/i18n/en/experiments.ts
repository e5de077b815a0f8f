type Asked = { readonly question: string; readonly act: string; readonly after: string };

export const experiments = {
  label: 'Experiment',
  close: 'Close the experiment',
  waiting: 'One moment …',
  questions: {
    cut: {
      question:
        'The server calls recv(4); you send 你好，世界 once, 15 bytes. How many answers come, and which characters stay whole?',
      act: 'Send it',
      after:
        'Four answers: 4, 4, 4 and 3 bytes. TCP is a stream of bytes: it marks neither sends nor characters, so a program has to find the end of each message itself.',
    },
    halfClose: {
      question: 'You send your last bytes and call shutdown(SHUT_WR). Can the server still answer?',
      act: 'Send, and half-close',
      after:
        'Yes: your FIN ended only your direction. The answer came, and then the server’s FIN. Choose the row shutdown to see the states that followed.',
    },
    oneAtATime: {
      question:
        'Two clients, one server that serves one at a time. Press Play the scene: when does B get its answer, and is it connected before that?',
      act: 'See the answer',
      after:
        'The kernel connects B at once, and B waits in the accept queue; its answer comes when A leaves. The threaded server answers both at once.',
    },
    beServer: {
      question:
        'You listen. A client connects and sends, but you have not called accept(). Is it connected? Where are its bytes?',
      act: 'Let a client connect',
      after:
        'It is connected: the kernel made the handshake, and its bytes are in the receive buffer. It waits in your accept queue until you press Accept.',
    },
    twoLetters: {
      question:
        "The server has closed: its FIN is here, recv() returned b''. You send twice. Which of the two sends fails, the first or the second?",
      act: 'Send twice',
      after:
        'The second. The first was only handed to your kernel; the other kernel answered it with RST, because no program holds that socket any more. After that RST the second send failed: BrokenPipeError.',
    },
    wrong: {
      question:
        'No program listens on port 64999 of this machine. What answers a SYN sent there, and what does Python raise?',
      act: 'Connect there',
      after:
        'The kernel itself answers at once, with RST: ConnectionRefusedError. If nothing had answered, connect() would have waited for minutes.',
    },
  } satisfies Readonly<Record<string, Asked>>,
};
export type Experiments = typeof experiments;
