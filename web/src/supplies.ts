/** The two supplies of records: the program that serves the page, and the file the page stands in. */
import {
  push, quotation, type ClaimDetail, type EntityDetail, type FirstTables, type Judged, type Meta, type NewJudgement,
  type ReportDetail, type Supply,
} from "./case";
import type { Account, Tables } from "./records.gen";
import { TextIndex } from "./search";

/** Ask the program that serves the page. */
export class Served implements Supply {
  readonly writable = true;

  first() { return ask<{ meta: Meta; tables: FirstTables }>("api/case"); }
  accounts() { return ask<Account[]>("api/accounts"); }
  claim(id: string) { return ask<ClaimDetail>(`api/claims/${encodeURIComponent(id)}`); }
  report(id: string) { return ask<ReportDetail>(`api/reports/${encodeURIComponent(id)}`); }
  entity(id: string) { return ask<EntityDetail>(`api/entities/${encodeURIComponent(id)}`); }
  atlas() { return ask<unknown>("atlas.json"); }
  judge(judgements: NewJudgement[]) { return ask<Judged>("api/judgements", judgements); }
  withdraw(id: string) { return ask<Judged>(`api/judgements/${encodeURIComponent(id)}/withdraw`, {}); }

  async search(stems: string[]) {
    const query = new URLSearchParams({ q: stems.join(" "), limit: "2000" });
    const hits = await ask<{ table: string; id: string; snippet: string }[]>(`api/search?${query}`);
    return hits.filter((hit) => hit.table === "reports");
  }
}

/** Ask once; a body makes it a post. An answer that is an error is thrown with the program's own words. */
async function ask<T>(path: string, body?: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(content.detail ?? content.what ?? answer.statusText);
  return content as T;
}

type AllTables = { [K in keyof Tables]: Tables[K][] };

/** Read the records that stand, packed, in the page's own file. Nothing can be written back. */
export class Embedded implements Supply {
  readonly writable = false;
  private tables!: AllTables;
  private readonly grouped = new Map<string, Map<string, unknown[]>>();
  private index: TextIndex | null = null;

  async first() {
    const whole = (await unpack("case")) as { meta: Meta; tables: AllTables };
    this.tables = whole.tables;
    return whole;
  }

  async accounts() { return this.tables.accounts; }
  async atlas() { return unpack("atlas"); }

  async claim(id: string): Promise<ClaimDetail> {
    const claim = this.find("claims", id);
    const accounts = claim.accounts.map((account) => this.find("accounts", account));
    const quotations: ClaimDetail["quotations"] = {};
    for (const account of accounts)
      if (account.spans.length)
        quotations[account.id] = quotation(this.find("reports", account.report), account.spans);
    const pick = <K extends "attributions" | "events" | "timexes">(table: K, ids: (string | null)[]) =>
      ids.flatMap((wanted) => (wanted ? (this.of(table, "id", wanted) as Tables[K][]) : []));
    return {
      accounts, quotations,
      attributions: pick("attributions", accounts.map((a) => a.attribution)),
      events: pick("events", accounts.map((a) => a.event)),
      timexes: pick("timexes", accounts.map((a) => a.time)),
    };
  }

  async report(id: string): Promise<ReportDetail> {
    const of = <K extends keyof Tables>(table: K) => this.of(table, "report", id);
    return {
      report: this.find("reports", id),
      tables: {
        attributions: of("attributions"), events: of("events"), timexes: of("timexes"), mentions: of("mentions"),
        citations: of("citations"),
      },
    };
  }

  async entity(id: string): Promise<EntityDetail> {
    const attributions = this.tables.attributions.filter((a) => a.source_entity === id || a.medium_entity === id);
    return { attributions, timexes: attributions.flatMap((a) => (a.said ? this.of("timexes", "id", a.said) : [])) };
  }

  async search(stems: string[]) {
    const reports = this.tables.reports;
    this.index ??= new TextIndex(reports.length, (at) => `${reports[at]!.title ?? ""} ${reports[at]!.text}`);
    return [...this.index.find(stems)].map((at) => ({ id: reports[at]!.id, snippet: "" }));
  }

  async judge(): Promise<never> { throw new Error("read only"); }
  async withdraw(): Promise<never> { throw new Error("read only"); }

  private find<K extends keyof Tables>(table: K, id: string): Tables[K] {
    const found = this.of(table, "id", id)[0];
    if (!found) throw new Error(`${id}?`);
    return found;
  }

  /** Give the records of a table that have a value in a field; each field is sorted out once. */
  private of<K extends keyof Tables>(table: K, field: "id" | "report", value: string): Tables[K][] {
    const key = `${table}.${field}`;
    let groups = this.grouped.get(key);
    if (!groups) {
      groups = new Map();
      for (const record of this.tables[table]) push(groups, (record as unknown as Record<string, string>)[field]!, record);
      this.grouped.set(key, groups);
    }
    return (groups.get(value) ?? []) as Tables[K][];
  }
}

/** Tell whether the page stands in a file that holds its case. */
export function isEmbedded(): boolean {
  return document.getElementById("case") !== null;
}

async function unpack(id: string): Promise<unknown> {
  const stream = new Blob([bytes(document.getElementById(id)!.textContent!.trim())]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).json();
}

function bytes(packed: string): Uint8Array<ArrayBuffer> {
  const quick = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (quick.fromBase64) return quick.fromBase64(packed);
  const plain = atob(packed);
  const unpacked = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at++) unpacked[at] = plain.charCodeAt(at);
  return unpacked;
}
