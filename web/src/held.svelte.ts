/** The one case this page holds, and what follows from it and from what is looked at. */
import { Case, type Judged, type NewJudgement, type Supply } from "./case";
import { choose, indexClaims, inTime, makeRows, type Row } from "./claims";
import type { Judgement } from "./records.gen";
import type { TextIndex } from "./search";
import { looking } from "./state.svelte";

class Held {
  case = $state.raw<Case | null>(null);
  rows = $state.raw<Row[]>([]);
  complete = $state(false);
  error = $state("");
  judgements = $state.raw<Judgement[]>([]);
  /** The rows that pass every filter but time: what the axis shows. */
  atAnyTime = $derived(choose(this.rows, () => this.index(), looking));
  /** The rows that pass every filter, in time. */
  chosen = $derived(inTime(this.atAnyTime, looking));
  private found: TextIndex | null = null;

  /** Load a case: first what the chronology needs, then who tells what. */
  async open(supply: Supply): Promise<void> {
    try {
      this.case = await Case.open(supply);
      this.judgements = this.case.tables.judgements;
      this.found = null;
      this.rows = makeRows(this.case);
      await new Promise((drawn) => setTimeout(drawn));
      await this.case.loadAccounts();
      this.rows = makeRows(this.case);
      this.complete = true;
      this.index();
      const grow = () => void (this.found!.grow(2000) && setTimeout(grow));
      setTimeout(grow);
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    }
  }

  /** Give the index of the claims' words; rows keep their order, so it is made once. */
  index(): TextIndex {
    this.found ??= indexClaims(this.case!, this.rows);
    return this.found;
  }

  /** Decide, and take in what follows from it: at once where the case was revised. */
  async judge(judgements: NewJudgement[]): Promise<void> {
    await this.takeIn(await this.case!.supply.judge(judgements));
  }

  /** Take a decision back. */
  async withdraw(id: string): Promise<void> {
    await this.takeIn(await this.case!.supply.withdraw(id));
  }

  private async takeIn({ judgements, revised }: Judged): Promise<void> {
    const changed = new Set(judgements.map((one) => one.id));
    this.judgements = [...this.judgements.filter((one) => !changed.has(one.id)), ...judgements];
    if (revised) await this.open(this.case!.supply);
  }

  /** List the judgements that stand on a datum. */
  judged(target: string): Judgement[] {
    return this.judgements.filter((one) => !one.withdrawn && (one.target === target || one.other === target));
  }
}

export const held = new Held();
