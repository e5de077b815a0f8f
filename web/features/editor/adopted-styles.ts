import { StyleModule } from 'style-mod';

const sheet = new CSSStyleSheet();
let mounted: readonly StyleModule[] = [];

/**
 * CodeMirror writes its styles into a style element, which the page's policy refuses as it refuses all text that becomes a
 * style. A sheet that a script makes is none: the editor's go into one. Those named later win, as in the library.
 */
export function adoptEditorStyles(): void {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  StyleModule.mount = (_root, modules) => {
    const wanted = [modules].flat();
    const next = [...mounted.filter((module) => !wanted.includes(module)), ...wanted];
    if (next.length === mounted.length && next.every((module, index) => module === mounted[index])) return;
    mounted = next;
    sheet.replaceSync(next.map((module) => module.getRules()).join('\n'));
  };
}
