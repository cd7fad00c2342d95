/** The case as the page holds it: where its records come from, and how they are looked up. */
import type {
  Account, Attribution, Citation, Claim, Contradiction, Derivation, Entity, Event, Judgement, Mention, Report, Tables,
  Timex,
} from "./records.gen";

export interface Meta { [key: string]: string }
export interface FirstTables {
  claims: Claim[]; entities: Entity[]; contradictions: Contradiction[]; derivations: Derivation[];
  judgements: Judgement[]; failures: Tables["failures"][]; reports: Report[];
}
export interface Quotation { before: string; parts: [string, boolean][]; after: string }
export interface ClaimDetail {
  accounts: Account[]; attributions: Attribution[]; events: Event[]; timexes: Timex[];
  quotations: Record<string, Quotation>;
}
export interface ReportDetail {
  report: Report;
  tables: { attributions: Attribution[]; events: Event[]; timexes: Timex[]; mentions: Mention[]; citations: Citation[] };
}
export interface EntityDetail { attributions: Attribution[]; timexes: Timex[] }
export interface NewJudgement {
  verdict: Judgement["verdict"]; target: string; other?: string | null; before?: string | null; after?: string | null;
  reason?: string | null;
}

/** What came of judgements: as they were kept, and whether the case now says something else. */
export interface Judged { judgements: Judgement[]; revised: boolean }

/** Where records come from: the program over HTTP, or the file the page stands in. */
export interface Supply {
  readonly writable: boolean;
  first(): Promise<{ meta: Meta; tables: FirstTables }>;
  accounts(): Promise<Account[]>;
  claim(id: string): Promise<ClaimDetail>;
  report(id: string): Promise<ReportDetail>;
  entity(id: string): Promise<EntityDetail>;
  /** Find the reports whose text holds all the stems, best first. */
  search(stems: string[]): Promise<{ id: string; snippet: string }[]>;
  atlas(): Promise<unknown>;
  judge(judgements: NewJudgement[]): Promise<Judged>;
  withdraw(id: string): Promise<Judged>;
}

const ASTRAL = /[\ud800-\udbff]/;

/** Map offsets in code points, as the case has them, to offsets in UTF-16 units, as JavaScript has them. */
export function offsets(text: string): (at: number) => number {
  if (!ASTRAL.test(text)) return (at) => at;
  const units: number[] = [];
  let unit = 0;
  for (const point of text) {
    units.push(unit);
    unit += point.length;
  }
  units.push(unit);
  return (at) => units[Math.min(at, units.length - 1)]!;
}

/** Copy a record with every `spans`, `start` and `end` in it mapped; `from_spans` belong to another text. */
export function respan<T>(record: T, at: (offset: number) => number): T {
  if (Array.isArray(record)) return record.map((item) => respan(item, at)) as T;
  if (record === null || typeof record !== "object") return record;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (key === "spans") copy[key] = (value as [number, number][]).map(([start, end]) => [at(start), at(end)]);
    else if ((key === "start" || key === "end") && typeof value === "number") copy[key] = at(value);
    else copy[key] = respan(value, at);
  }
  return copy as T;
}

/** Give a report's detail with all offsets in UTF-16 units. */
export function readable(detail: ReportDetail): ReportDetail {
  const at = offsets(detail.report.text);
  return ASTRAL.test(detail.report.text) ? respan(detail, at) : detail;
}

const AROUND = 160;

/** Quote spans (in code points) in their place: no farther around than their block, and in whole words. */
export function quotation(report: Report, spans: [number, number][]): Quotation {
  const { text, blocks } = report;
  const at = offsets(text);
  const merged = merge(spans.map(([start, end]) => [at(start), at(end)]));
  const start = merged[0]![0], end = merged[merged.length - 1]![1];
  let first = 0, last = text.length;
  for (const block of blocks) {
    if (at(block.start) <= start) first = Math.max(first, at(block.start));
    if (at(block.end) >= end) last = Math.min(last, at(block.end));
  }
  const left = Math.max(first, start - AROUND), right = Math.min(last, end + AROUND);
  const before = text.slice(left, start), after = text.slice(end, right);
  return {
    before: left === first ? before : `… ${before.slice(before.indexOf(" ") + 1)}`,
    parts: pieces(text, merged),
    after: right === last ? after : `${after.slice(0, Math.max(0, after.lastIndexOf(" ")))} …`,
  };
}

function merge(spans: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
    const last = merged[merged.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Give the quoted words and what lies between them; a long way between is left out. */
function pieces(text: string, spans: [number, number][]): [string, boolean][] {
  const found: [string, boolean][] = [];
  let at = spans[0]![0];
  for (const [start, end] of spans) {
    if (start > at) found.push([start - at <= AROUND ? text.slice(at, start) : " … ", false]);
    found.push([text.slice(start, end), true]);
    at = end;
  }
  return found;
}

/** Hold a case and look its records up by id. Accounts arrive after the first view. */
export class Case {
  readonly claims: Claim[];
  readonly claim: Map<string, Claim>;
  readonly entity: Map<string, Entity>;
  readonly report: Map<string, Report>;
  readonly contradiction: Map<string, Contradiction>;
  readonly claimsOfContradiction = new Map<string, Claim[]>();
  readonly tables: FirstTables;
  readonly meta: Meta;
  readonly account = new Map<string, Account>();
  readonly accountsOfClaim = new Map<string, Account[]>();
  readonly accountsOfReport = new Map<string, Account[]>();

  constructor(readonly supply: Supply, first: { meta: Meta; tables: FirstTables }) {
    this.meta = first.meta;
    this.tables = first.tables;
    this.claims = first.tables.claims;
    this.claim = byId(first.tables.claims);
    this.entity = byId(first.tables.entities);
    this.report = byId(first.tables.reports);
    this.contradiction = byId(first.tables.contradictions);
    for (const claim of this.claims)
      for (const id of claim.contradictions) push(this.claimsOfContradiction, id, claim);
  }

  static async open(supply: Supply): Promise<Case> {
    return new Case(supply, await supply.first());
  }

  /** Take in the accounts: who tells what, by claim and by report. */
  async loadAccounts(): Promise<void> {
    for (const account of await this.supply.accounts()) {
      this.account.set(account.id, account);
      push(this.accountsOfClaim, account.claim, account);
      push(this.accountsOfReport, account.report, account);
    }
  }

  /** Name an entity; words that are no entity's id stand for themselves. */
  name(id: string | null | undefined): string {
    return id ? (this.entity.get(id)?.name ?? id) : "";
  }

  /** Name the outlet of a report. */
  outlet(report: string | Report | undefined): string {
    const found = typeof report === "string" ? this.report.get(report) : report;
    return this.name(found?.outlet) || found?.path.split("/").pop() || "";
  }

  /** List the outlets that tell a claim; none before the accounts have come. */
  outletsOf(claim: Claim): string[] {
    const found = new Set<string>();
    for (const account of this.accountsOfClaim.get(claim.id) ?? []) {
      const report = this.report.get(account.report);
      found.add(report?.outlet ?? account.report);
    }
    return [...found];
  }
}

function byId<T extends { id: string }>(records: T[]): Map<string, T> {
  return new Map(records.map((record) => [record.id, record]));
}

export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
