/** A report's text cut into pieces, each with the data that were read in it. */
import type { ReportDetail } from "./case";
import type { Account, Block } from "./records.gen";

export const LAYERS = ["content", "source", "cue", "time", "event", "place", "actor"] as const;
export type Layer = (typeof LAYERS)[number] | "account" | "link";
export interface Mark { id: string; layer: Layer; start: number; end: number; depth: number }
export interface Piece { start: number; end: number; marks: Mark[] }
export interface Paragraph { kind: Block["kind"] | "outside"; start: number; end: number; pieces: Piece[] }

/** List what stands where, in the detail's own offsets. Contents know how deep they are nested. */
export function marksOf(detail: ReportDetail, accounts: readonly Account[]): Mark[] {
  const { attributions, events, timexes, mentions } = detail.tables;
  const marks: Mark[] = [];
  const put = (id: string, layer: Layer, spans: [number, number][] | undefined, depth = 1) => {
    for (const [start, end] of spans ?? []) marks.push({ id, layer, start, end, depth });
  };
  const parents = new Map(attributions.map((one) => [one.id, one.parent]));
  for (const one of attributions) {
    put(one.id, "content", one.content.spans, depthOf(one.id, parents));
    put(one.id, "source", one.source?.spans);
    put(one.id, "cue", one.cue?.spans);
  }
  for (const one of timexes) put(one.id, "time", one.spans);
  for (const one of events) put(one.id, "event", one.trigger.spans);
  for (const one of mentions) put(one.id, one.kind === "place" ? "place" : "actor", one.spans);
  for (const one of accounts) put(one.id, "account", one.spans);
  detail.report.links.forEach((one, at) => put(`link:${at}`, "link", [[one.start, one.end]]));
  return marks.filter((mark) => mark.end > mark.start);
}

function depthOf(id: string, parents: Map<string, string | null>): number {
  let depth = 1;
  for (let parent = parents.get(id); parent && depth < 6; parent = parents.get(parent)) depth++;
  return depth;
}

const LONGEST = 4000;

/** Lay a text out by its blocks; words outside them are shown too, and endless paragraphs are divided. */
export function paragraphs(text: string, blocks: readonly Block[]): Omit<Paragraph, "pieces">[] {
  const found: Omit<Paragraph, "pieces">[] = [];
  let at = 0;
  for (const block of [...blocks].sort((a, b) => a.start - b.start)) {
    if (block.start < at) continue;
    between(text, at, block.start, "outside", found);
    between(text, block.start, block.end, block.kind, found);
    at = block.end;
  }
  between(text, at, text.length, "outside", found);
  if (!blocks.length) for (const one of found) one.kind = "paragraph";
  return found;
}

function between(text: string, start: number, end: number, kind: Paragraph["kind"], into: Omit<Paragraph, "pieces">[]): void {
  for (let from = start; from < end; ) {
    const line = kind === "outside" ? text.indexOf("\n", from) : -1;
    let to = line < 0 || line > end ? end : line;
    if (to - from > LONGEST) to = Math.max(text.lastIndexOf(" ", from + LONGEST) + 1, 0) > from ? text.lastIndexOf(" ", from + LONGEST) + 1 : from + LONGEST;
    if (text.slice(from, to).trim()) into.push({ kind, start: from, end: to });
    from = to === line ? to + 1 : to;
  }
}

/** Cut every paragraph where a mark begins or ends: one sweep over marks in order, no search. */
export function cut(laid: Omit<Paragraph, "pieces">[], marks: readonly Mark[]): Paragraph[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  let open: Mark[] = [];
  return laid.map((paragraph) => {
    while (next < sorted.length && sorted[next]!.start < paragraph.end) open.push(sorted[next++]!);
    open = open.filter((mark) => mark.end > paragraph.start);
    return { ...paragraph, pieces: pieces(paragraph.start, paragraph.end, open) };
  });
}

function pieces(start: number, end: number, marks: readonly Mark[]): Piece[] {
  const edges = new Set([start, end]);
  for (const mark of marks) {
    if (mark.start > start && mark.start < end) edges.add(mark.start);
    if (mark.end > start && mark.end < end) edges.add(mark.end);
  }
  const places = [...edges].sort((a, b) => a - b);
  return places.slice(1).map((to, at) => {
    const from = places[at]!;
    return { start: from, end: to, marks: marks.filter((mark) => mark.start < to && mark.end > from) };
  });
}
