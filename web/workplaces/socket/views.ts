/** The views of one socket. */
export const SOCKET_VIEWS = ['ladder', 'table', 'stream', 'boundaries'] as const;
export type SocketViewName = (typeof SOCKET_VIEWS)[number];
