/** The two ends of a connection, as the views name them. */
export const ends = {
  client: 'your client',
  server: 'your server',
  peer: 'the other end',
};
