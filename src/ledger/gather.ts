/** Asks several questions as one. Answers come in the order of the questions. */
export type Together<Ask, Answer> = (asks: readonly Ask[]) => Promise<readonly Answer[]>;

interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What is asked while another question is under way waits for it, and then goes with all others that waited as one.
 * A single asker never waits; the more ask at once, the less each costs: a statement for one command costs this
 * process as much as one for eight.
 *
 * What fails together is asked again one by one, so that one's trouble is never another's.
 */
export class Gathered<Ask, Answer> {
  readonly #together: Together<Ask, Answer>;
  readonly #most: number;
  #waiting: Waiting<Ask, Answer>[] = [];
  #underWay = false;

  /** @param most how many go together at most */
  constructor(together: Together<Ask, Answer>, most: number) {
    this.#together = together;
    this.#most = most;
  }

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject });
      if (!this.#underWay) {
        this.#underWay = true;
        // Others whose requests came in with this one join it.
        setImmediate(() => void this.#go());
      }
    });
  }

  async #go(): Promise<void> {
    while (this.#waiting.length > 0) {
      const taken = this.#waiting.slice(0, this.#most);
      this.#waiting = this.#waiting.slice(this.#most);
      await this.#settle(taken);
    }
    this.#underWay = false;
  }

  async #settle(taken: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await this.#together(taken.map(({ ask }) => ask));
      for (const [i, { resolve }] of taken.entries()) resolve(answers[i]!);
    } catch (error) {
      if (taken.length === 1) taken[0]!.reject(error);
      else for (const one of taken) await this.#settle([one]);
    }
  }
}
