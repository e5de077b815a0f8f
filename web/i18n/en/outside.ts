/** What stands beside the commands that run programs of the page outside of it. */
export const outside = {
  label: 'Outside the tab',
  about:
    'For a terminal with a POSIX shell and Python 3. Anywhere else: use Download .zip, then the commands that run the programs.',
  files: (folder: string) => `Write the files into the folder ${folder}, and go there`,
  filesTooMuch: 'These files are too much for a terminal: use Download .zip.',
  run: (file: string) => `Run ${file}`,
  connect: (file: string, port: number) =>
    `Connect to ${file} in this tab (port ${port}), from the playground’s machine`,
  send: (file: string, port: number) =>
    `Send datagrams to ${file} in this tab (port ${port}), from the playground’s machine`,
  throughGateway: (file: string, port: number) => `Connect to ${file} in this tab (port ${port}), from any machine`,
  token: 'If the playground asks for a token, add --token TEXT.',
  nobodyListens: 'While a program of this page listens, the command that connects to it is shown here.',
  copy: 'Copy',
  copyOf: (label: string) => `Copy: ${label}`,
  copied: 'Copied.',
  copyFailed: 'The browser did not allow it.',
  close: 'Close',
};
export type OutsideWords = typeof outside;
