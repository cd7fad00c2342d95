/** What the time axis shows: a stretch of time, and the claims on it as spans in lanes or as a density. */
import type { Row } from "./claims";
import { DAY, HOUR } from "./times";

export interface Stretch { start: number; end: number }
export const STATUSES = ["corroborated", "uncorroborated", "disputed"] as const;

/** Choose the stretch to show when none is asked for: all, or, where a few lie far off, the bulk. */
export function extent(rows: readonly Row[]): { shown: Stretch; whole: Stretch } | null {
  const starts: number[] = [];
  let last = -Infinity;
  for (const { start, end } of rows) {
    const first = start ?? end;
    if (first !== null) starts.push(first);
    last = Math.max(last, end ?? start ?? -Infinity);
  }
  if (!starts.length) return null;
  const whole = padded(starts[0]!, last);
  const at = (share: number) => starts[Math.min(starts.length - 1, Math.floor(share * starts.length))]!;
  const bulk = padded(at(0.03), Math.min(last, at(0.97) + DAY));
  const isSpread = bulk.end - bulk.start > (whole.end - whole.start) / 4;
  return { whole, shown: isSpread || starts.length < 10 ? whole : bulk };
}

function padded(start: number, end: number): Stretch {
  const room = Math.max((end - start) * 0.03, 6 * HOUR);
  return { start: start - room, end: Math.max(end, start) + room };
}

/** Move and scale a stretch about its middle; never under an hour, never over two thousand years. */
export function zoom({ start, end }: Stretch, scale: number, shift = 0): Stretch {
  const half = Math.min(Math.max(((end - start) * scale) / 2, HOUR / 2), 1000 * 365 * DAY);
  const middle = (start + end) / 2 + (end - start) * shift;
  return { start: middle - half, end: middle + half };
}

/** Write a stretch as the filters hold it: whole days, or minutes where it is short. */
export function asFilter({ start, end }: Stretch): { from: string; to: string } {
  if (end - start > 20 * DAY) return { from: iso(start).slice(0, 10), to: iso(end - 1).slice(0, 10) };
  return { from: iso(start).slice(0, 16), to: iso(end).slice(0, 16) };
}

function iso(time: number): string {
  return new Date(Math.max(-6e13, Math.min(time, 2.5e14))).toISOString();
}

export interface Bar { row: Row; lane: number; from: number; to: number; open: "" | "start" | "end" }

const STUB = 26;

/**
 * Lay rows as bars into lanes without overlap, `x` mapping time to pixels; null where the lanes do not suffice.
 * A span that is open on one side is a stub there: how far it reaches is not known.
 */
export function lay(rows: readonly Row[], x: (time: number) => number, wide: number, lanes: number): Bar[] | null {
  const free = new Array<number>(lanes).fill(-Infinity);
  const bars: Bar[] = rows.map((row) => {
    const open = row.start === null ? "start" : row.end === null ? "end" : "";
    const from = row.start === null ? x(row.end!) - STUB : x(row.start);
    const to = row.end === null ? from + STUB : x(row.end);
    return { row, lane: 0, from: Math.max(from, -5), to: Math.min(Math.max(to, from + 5), wide + 5), open };
  });
  bars.sort((a, b) => a.from - b.from);
  for (const bar of bars) {
    bar.lane = free.findIndex((taken) => taken <= bar.from);
    if (bar.lane < 0) return null;
    free[bar.lane] = bar.to + 2;
  }
  return bars;
}

/** Count claims in columns of equal width, by status; a span spreads its one claim over its columns. */
export function density(rows: readonly Row[], stretch: Stretch, columns: number): Float64Array[] {
  const steps = STATUSES.map(() => new Float64Array(columns + 1));
  const column = (time: number) =>
    Math.min(columns - 1, Math.max(0, Math.floor(((time - stretch.start) / (stretch.end - stretch.start)) * columns)));
  for (const row of rows) {
    const first = column(row.start ?? row.end ?? 0), last = Math.max(first, column((row.end ?? row.start ?? 0) - 1));
    const share = 1 / (last - first + 1);
    const into = steps[STATUSES.indexOf(row.claim.status)]!;
    into[first]! += share;
    into[last + 1]! -= share;
  }
  return steps.map((into) => {
    for (let at = 1; at <= columns; at++) into[at]! += into[at - 1]!;
    return into.subarray(0, columns);
  });
}

/** Keep the rows that touch a stretch. */
export function within(rows: readonly Row[], { start, end }: Stretch): Row[] {
  return rows.filter((row) => {
    const from = row.start ?? row.end, to = row.end ?? row.start;
    return from !== null && to !== null && from < end && to >= start;
  });
}
