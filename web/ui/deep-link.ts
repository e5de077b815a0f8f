/**
 * What an address asks for within a page. A lesson and its step stand in the query, so that a server's log and a bookmark show
 * them; a room's code and a key stand in the fragment, which never leaves the browser as part of an address.
 */
export type DeepLink = { readonly lesson?: string; readonly step?: string; readonly room?: string };
