import type { Workbench } from './workbench.ts';

/** One of each tab: programs go on while another page is looked at. Apart from the workbench, for whoever looks whether there is one. */
export const WORKBENCH: { readonly name: string; readonly ofType?: Workbench } = { name: 'workbench' };
