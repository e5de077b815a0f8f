import type { ProcessLook } from '../../python/process-look.ts';
import type { Pace } from '../../python/worker-messages.ts';

/** How a program is stepped: whether its threads stand before their socket calls, and what the process showed last. */
export class ProgramSteps {
  #isOn = false;
  #look: ProcessLook | undefined;

  /** Its threads stand before each of their socket calls: in a run to come too. */
  get isOn(): boolean {
    return this.#isOn;
  }
  /** How things stand in its process, while it is stepped. */
  get look(): ProcessLook | undefined {
    return this.#look;
  }
  /** A thread stands: `next` has something to do. */
  get canStep(): boolean {
    return this.#look?.threads.some(({ doing }) => doing === 'stands') === true;
  }

  setPace(pace: Pace): void {
    this.#isOn = pace !== 'resume';
    if (pace === 'resume') this.#look = undefined;
  }
  /** False: what was shown comes too late. */
  show(look: ProcessLook): boolean {
    if (this.#isOn) this.#look = look;
    return this.#isOn;
  }
  /** The process has ended. */
  end(): void {
    this.#look = undefined;
  }
}
