import { useState } from 'react';
import { copyText } from '../../platform/copy-text.ts';
import type { Program } from '../../store/programs/program.ts';
import { encodeFragment } from '../../store/programs/shared-programs.ts';
import type { Workbench } from '../../store/programs/workbench.ts';

export type ShareLink = {
  readonly url: string;
  readonly isCopied: boolean;
  readonly hasInput: boolean;
};

/** What was typed last, else what came with the program. */
function inputOf({ keyboard }: Program): readonly string[] {
  return keyboard.typed.length > 0 ? keyboard.typed : keyboard.given;
}

/** A link that holds the programs. What was typed to them goes along only when the person says so. */
export function useShareLink(workbench: Workbench) {
  const [link, setLink] = useState<ShareLink>();
  const programs = workbench.programs();

  async function share(hasInput: boolean): Promise<void> {
    // The box shows at once what was chosen; the link follows when it is packed.
    setLink((known) => known && { ...known, hasInput });
    const url = new URL(window.location.href);
    url.search = '';
    url.hash = await encodeFragment(workbench.shared(hasInput ? inputOf : () => []));
    const made = { url: url.href, isCopied: await copyText(url.href), hasInput };
    setLink((known) => (known === undefined || known.hasInput === hasInput ? made : known));
  }
  return {
    link,
    /** How many lines of input could go along. */
    inputCount: programs.reduce((sum, program) => sum + inputOf(program).length, 0),
    /** Lines that came by a link go along to the next. */
    share: () => share(programs.some(({ keyboard }) => keyboard.given.length > 0)),
    setInput: share,
    close: () => setLink(undefined),
  };
}
