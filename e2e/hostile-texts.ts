import { expect, type Page } from '@playwright/test';

/** What somebody may type, or send, in the hope that it becomes more than text. */
export const SCRIPTS = '<script>alert(1)</script><img src=x onerror=alert(2)>"><svg onload=alert(3)><b id=planted>';
export const ANSI = '\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u001b[0m\u0008\u0008';
export const BIDI = '\u202egnp.exe\u202c \u2066isolated\u2069 \u200f\u061c\ufeff';

/** What must not happen whatever is shown; the fixture `noPageErrors` sees to requests, exceptions and the console. */
export async function watchOver(page: Page): Promise<() => Promise<void>> {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
  });
  return async () => {
    expect(dialogs).toEqual([]);
    const found = await page.evaluate(() => ({
      violations: (window as unknown as { violations: string[] }).violations,
      planted: document.querySelectorAll('#planted, img[src=x], svg[onload], body script:not([src])').length,
      title: document.title,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    expect(found).toEqual({
      violations: [],
      planted: 0,
      title: expect.stringMatching(/Socket Playground|套接字实验场/),
      overflow: 0,
    });
  };
}
