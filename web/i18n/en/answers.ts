/** A chapter: what a listener of one's own does by itself. */
export const answers = {
  label: 'Answers',
  kind: 'Answer by',
  kinds: { hand: 'Hand', echo: 'Echo', fixed: 'Fixed', rules: 'Rules', relay: 'Relay' },
  about: {
    hand: 'You accept, and you answer.',
    echo: 'Each connection is accepted and gets back what it sends.',
    fixed: 'Each connection is accepted and gets these bytes for every line it sends.',
    rules:
      'Each connection is accepted. Steps come first: send, readUntil, pause 200, end. Then rules: on "bytes", on line, on line "bytes", on any; after each of them send "…", echo, pause 200, end, reset, close, with commas between',
    relay:
      'Each connection is accepted and passed on to this server: what either end sends goes to the other, and one ladder shows both. The Options and the Trouble chosen above apply to the connection to the server.',
  },
  fixed: 'Answer',
  rules: 'Rules',
  rulesExample:
    '# for each who connects\nsend "220 hi\\r\\n"\non line "PING" send "PONG\\r\\n"\non line "QUIT" pause 200, send "bye\\r\\n", end\non line echo',
  apply: 'Answer like this',
  applied: 'It answers like this from now on.',
  relay: {
    label: 'Relay',
    host: 'Server host',
    port: 'Server port',
    apply: 'Relay there',
    applied: (server: string) =>
      `Connections are passed on to ${server} from now on. Connect your client to the address above instead of the server’s.`,
    toItself: 'That is this listener: it would go on connecting to itself for ever. Choose another server.',
    legs: (client: string, server: string) =>
      `What the client sends on ${client} goes to the server on ${server}, and what the server sends goes back.`,
    show: (leg: string) => `Show ${leg}`,
  },
};
export type AnswerWords = typeof answers;
