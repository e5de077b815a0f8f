import type { Locator, Page } from '@playwright/test';
import UPNG from 'upng-js';
import type { Milliseconds } from '../protocol/units.ts';

type Frame = { readonly pixels: ArrayBuffer; readonly shown: Milliseconds };

/** The colours of the whole picture: the page has few, and a picture of 256 is a third as large. */
const COLOURS = 256;
const POINTER = 'picture-pointer';

/** A page's pictures one after another, as an animated PNG that repeats without end. */
export class MovingPicture {
  readonly #page: Page;
  readonly #frames: Frame[] = [];
  #size = { width: 0, height: 0 };

  constructor(page: Page) {
    this.#page = page;
  }

  get length(): number {
    return this.#frames.length;
  }

  /** Adds what the page shows now. */
  async show(shown: Milliseconds): Promise<void> {
    const image = UPNG.decode(exactly(await this.#page.screenshot({ animations: 'disabled' })));
    const [pixels] = UPNG.toRGBA8(image);
    if (!pixels) throw new Error('the screenshot has no picture');
    this.#size = image;
    this.#frames.push({ pixels, shown });
  }

  /** Shows a pointer on the target, presses it, and shows what became of it. */
  async click(target: Locator, shown: Milliseconds): Promise<void> {
    const box = await target.boundingBox();
    if (!box) throw new Error('the target is not on the screen');
    await this.#pointAt(box.x + Math.min(box.width / 2, 90), box.y + box.height / 2);
    await this.show(500);
    await target.click();
    await this.show(shown);
    await this.#page.evaluate((id) => document.getElementById(id)?.remove(), POINTER);
  }

  encoded(): Uint8Array {
    const { width, height } = this.#size;
    const pixels = this.#frames.map((frame) => frame.pixels);
    const times = this.#frames.map(({ shown }) => shown);
    return new Uint8Array(UPNG.encode(pixels, width, height, COLOURS, times));
  }

  async #pointAt(x: number, y: number): Promise<void> {
    await this.#page.evaluate(
      ({ id, left, top }) => {
        const dot = document.createElement('div');
        dot.id = id;
        Object.assign(dot.style, {
          position: 'fixed',
          left: `${left - 12}px`,
          top: `${top - 12}px`,
          width: '24px',
          height: '24px',
          borderRadius: '50%',
          background: 'rgb(224 80 32 / 55%)',
          border: '2px solid rgb(160 40 0)',
          boxSizing: 'border-box',
          pointerEvents: 'none',
          zIndex: '9999',
        });
        document.body.append(dot);
      },
      { id: POINTER, left: x, top: y },
    );
  }
}

/** The bytes alone, without the rest of the pool that they may lie in. */
function exactly(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
