/**
 * What an address asks for within a page. All of it stands in the fragment: a room's code and a key are for no server's log, and the
 * query is Play's target, which a lesson's workplace has too.
 */
export type DeepLink = { readonly lesson?: string; readonly step?: string; readonly room?: string };
