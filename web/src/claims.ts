/** The claims as they are filtered, counted and grouped: one row of plain values a claim, made once. */
import type { Case } from "./case";
import type { Claim } from "./records.gen";
import { fold, stems, TextIndex } from "./search";
import { FACETS, type Facet, type Filters } from "./state.svelte";
import { DAY, endOf, instant, when } from "./times";

export interface Row {
  claim: Claim; start: number | null; end: number | null; values: Record<Facet, readonly string[]>; outlets: number;
}

/** Make the rows of a case, by time, undated last. Call again when the accounts have come. */
export function makeRows(held: Case): Row[] {
  return held.claims.map((claim) => row(held, claim)).sort(byTime);
}

function row(held: Case, claim: Claim): Row {
  const accounts = held.accountsOfClaim.get(claim.id) ?? [];
  const outlets = held.outletsOf(claim);
  const { start, end } = when(claim.earliest, claim.latest);
  const languages = new Set<string>();
  const certainties = new Set<string>();
  for (const account of accounts) {
    const language = held.report.get(account.report)?.language;
    if (language) languages.add(language);
    certainties.add(account.certainty);
  }
  return {
    claim, start, end: start === null ? end : Math.max(start, end ?? start), outlets: outlets.length,
    values: {
      place: claim.place ? [claim.place] : [], actor: claim.actors, outlet: outlets,
      language: languages.size ? [...languages] : [claim.language], type: claim.event_type ? [claim.event_type] : [],
      status: [claim.status], certainty: [...certainties],
    },
  };
}

/** Give the time a row stands at: its beginning, or the last moment before its end where only that is known. */
export function standsAt(row: Row): number | null {
  return row.start ?? (row.end === null ? null : row.end - 1);
}

/** Order by time; at the same time by origins, then accounts, most first. */
function byTime(a: Row, b: Row): number {
  const [left, right] = [standsAt(a) ?? Infinity, standsAt(b) ?? Infinity];
  if (left !== right) return left < right ? -1 : 1;
  const most = b.claim.origin_count - a.claim.origin_count || b.claim.accounts.length - a.claim.accounts.length;
  return most || (a.claim.id < b.claim.id ? -1 : 1);
}

/** Find claims by their words, and by every name their place and actors go by. */
export function indexClaims(held: Case, rows: readonly Row[]): TextIndex {
  const names = new Map<string, string>();
  const named = (id: string | null) => {
    if (!id) return "";
    let known = names.get(id);
    if (known === undefined) {
      const aliases = held.entity.get(id)?.aliases.map((alias) => alias.text) ?? [];
      names.set(id, (known = [held.name(id), ...aliases].join(" ")));
    }
    return known;
  };
  return new TextIndex(rows.length, (at) => {
    const { claim } = rows[at]!;
    return `${claim.summary} ${named(claim.place)} ${claim.actors.map(named).join(" ")}`;
  });
}

/** Choose the rows that pass every filter but time. `skip` leaves one out, so that its choices can be counted. */
export function choose(rows: readonly Row[], index: () => TextIndex, filters: Filters, skip?: Facet): Row[] {
  const wanted = stems(filters.q);
  const found = wanted.length ? index().find(wanted) : null;
  const facets = FACETS.filter((facet) => facet !== skip && filters.facets[facet]);
  return rows.filter((row, place) =>
    (!found || found.has(place)) && row.claim.origin_count >= filters.min
    && (!filters.contested || row.claim.contradictions.length > 0)
    && facets.every((facet) => row.values[facet].includes(filters.facets[facet]!)));
}

/** Read the filters' time as half-open bounds; the last day or month named is meant whole. */
export function bounds(filters: Filters): [number | null, number | null] {
  return [instant(filters.from), filters.to ? endOf(filters.to) : null];
}

/** Keep the rows that touch the filters' time. */
export function inTime(rows: Row[], filters: Filters): Row[] {
  const [from, to] = bounds(filters);
  return from === null && to === null ? rows : rows.filter((row) => touches(row, from, to));
}

function touches(row: Row, from: number | null, to: number | null): boolean {
  if (row.start === null && row.end === null) return false;
  const start = row.start ?? -Infinity, end = row.end ?? Infinity;
  return (to === null || start < to) && (from === null || end > from || start >= from);
}

export interface Choice { value: string; count: number }

/** Count the values of one facet, most frequent first. */
export function countFacet(rows: readonly Row[], facet: Facet): Choice[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of row.values[facet]) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

export type Line = { kind: "head"; key: string; count: number } | { kind: "row"; row: Row };

/** Lay rows out under their heads: by day (in order), or by place or actor (by name). */
export function group(rows: readonly Row[], by: Filters["group"], name: (id: string) => string): Line[] {
  if (by === "none") return rows.map((row) => ({ kind: "row", row }));
  const groups = new Map<string, Row[]>();
  for (const row of rows)
    for (const key of keys(row, by)) {
      const list = groups.get(key);
      if (list) list.push(row);
      else groups.set(key, [row]);
    }
  const order = [...groups.keys()];
  if (by !== "day") order.sort((a, b) => Number(!a) - Number(!b) || fold(name(a)).localeCompare(fold(name(b))));
  return order.flatMap((key) => {
    const members = groups.get(key)!;
    return [{ kind: "head", key, count: members.length } as Line, ...members.map((row): Line => ({ kind: "row", row }))];
  });
}

function keys(row: Row, by: "day" | "place" | "actor"): readonly string[] {
  if (by === "actor") return row.claim.actors.length ? row.claim.actors : [""];
  if (by === "place") return [row.claim.place ?? ""];
  return [stretchKey(row)];
}

/** Name the stretch a row is listed under: its day, or its month or year where it is no more exact than that. */
function stretchKey(row: Row): string {
  const time = standsAt(row);
  if (time === null) return "";
  const length = row.start === null || row.end === null ? 0 : row.end - row.start;
  const date = new Date(time);
  if (length > 31 * DAY) return `year ${Date.UTC(date.getUTCFullYear(), 0)}`;
  if (length > 7 * DAY) return `month ${Date.UTC(date.getUTCFullYear(), date.getUTCMonth())}`;
  return `day ${Math.floor(time / DAY) * DAY}`;
}
