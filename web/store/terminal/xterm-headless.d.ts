/** The package's types stand at its name alone, its ES module at this path alone. */
declare module '@xterm/headless/lib-headless/xterm-headless.mjs' {
  export { Terminal } from '@xterm/headless';
}
