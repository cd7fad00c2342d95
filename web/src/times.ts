/** Time on the page: ISO 8601 bounds as milliseconds, and spans of time in words. All in UTC. */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const FORM = /^([+-]?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Read an ISO 8601 date or time, as precise as it is; null where there is none or it cannot be read. */
export function instant(iso: string | null | undefined): number | null {
  const found = iso ? FORM.exec(iso) : null;
  if (!found) return null;
  const [, year, month, day, hour, minute, second, zone] = found;
  const time = new Date(0);
  time.setUTCFullYear(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  time.setUTCHours(Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0));
  return time.getTime() - offset(zone);
}

function offset(zone: string | undefined): number {
  if (!zone || zone === "Z") return 0;
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)];
  return (zone[0] === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Tell where a value of the precision it is written in ends. */
export function endOf(iso: string): number | null {
  const start = instant(iso);
  if (start === null) return null;
  const time = new Date(start);
  if (/^[+-]?\d{4,6}$/.test(iso)) return time.setUTCFullYear(time.getUTCFullYear() + 1);
  if (/^[+-]?\d{4,6}-\d\d$/.test(iso)) return time.setUTCMonth(time.getUTCMonth() + 1);
  return iso.includes("T") ? start : start + DAY;
}

export interface When { start: number | null; end: number | null }

/** Read half-open bounds. */
export function when(earliest: string | null, latest: string | null): When {
  return { start: instant(earliest), end: instant(latest) };
}

type Names = { before: string; from: string; undated: string };

/** Put a span of time in words, as exact as it is known: "2024", "March 2024", "5–7 March 2024". */
export function spell(span: When, language: string, names: Names): string {
  const { start, end } = span;
  if (start === null && end === null) return names.undated;
  if (start === null) return `${names.before} ${shown(end!, language, DATE)}`;
  if (end === null) return `${names.from} ${shown(start, language, DATE)}`;
  return closed(start, Math.max(start, end), language);
}

const DATE = { day: "numeric", month: "short", year: "numeric" } as const;
const CLOCK = { ...DATE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

function closed(start: number, end: number, language: string): string {
  const from = new Date(start), to = new Date(end);
  if (start % DAY || (end % DAY && end !== start)) return range(start, end, language, CLOCK);
  if (end - start <= DAY) return shown(start, language, DATE);
  const wholeMonths = from.getUTCDate() === 1 && to.getUTCDate() === 1;
  if (wholeMonths && from.getUTCMonth() === 0 && to.getUTCMonth() === 0)
    return range(start, end - 1, language, { year: "numeric" });
  if (wholeMonths) return range(start, end - 1, language, { month: "long", year: "numeric" });
  return range(start, end - 1, language, DATE);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...options, timeZone: "UTC" })));
  return found;
}

/** Show an instant. */
export function shown(time: number, language: string, options: Intl.DateTimeFormatOptions): string {
  return format(language, options).format(time);
}

function range(start: number, end: number, language: string, options: Intl.DateTimeFormatOptions): string {
  return format(language, options).formatRange(start, Math.max(start, end));
}

/** Show an ISO 8601 value as exactly as it is written. */
export function shownIso(iso: string | null, language: string): string {
  const time = instant(iso);
  if (time === null) return iso ?? "";
  if (/^[+-]?\d{4,6}$/.test(iso!)) return iso!;
  if (/^[+-]?\d{4,6}-\d\d$/.test(iso!)) return shown(time, language, { month: "long", year: "numeric" });
  return shown(time, language, iso!.includes("T") ? CLOCK : DATE);
}

export interface Step { unit: "year" | "month" | "day" | "hour"; count: number; span: number }
const STEPS: Step[] = [
  ...[1, 3, 6, 12].map((count) => ({ unit: "hour" as const, count, span: count * HOUR })),
  ...[1, 2, 7, 14].map((count) => ({ unit: "day" as const, count, span: count * DAY })),
  ...[1, 3, 6].map((count) => ({ unit: "month" as const, count, span: count * 30.4 * DAY })),
  ...[1, 2, 5, 10, 25, 50, 100].map((count) => ({ unit: "year" as const, count, span: count * 365.25 * DAY })),
];

/** Lay ticks over a stretch of time, about as many as asked, at round times. */
export function ticks(start: number, end: number, about: number): { step: Step; times: number[] } {
  const step = STEPS.find((one) => (end - start) / one.span <= about) ?? STEPS[STEPS.length - 1]!;
  const times: number[] = [];
  for (let time = roundDown(start, step); time <= end && times.length < 500; time = next(time, step))
    if (time >= start) times.push(time);
  return { step, times };
}

function roundDown(time: number, { unit, count, span }: Step): number {
  const date = new Date(time);
  if (unit === "hour" || unit === "day") return Math.floor(time / span) * span;
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "month") return Date.UTC(year, Math.floor(month / count) * count);
  return new Date(0).setUTCFullYear(Math.floor(year / count) * count, 0, 1);
}

function next(time: number, { unit, count, span }: Step): number {
  if (unit === "hour" || unit === "day") return time + span;
  const date = new Date(time);
  if (unit === "month") return date.setUTCMonth(date.getUTCMonth() + count);
  return date.setUTCFullYear(date.getUTCFullYear() + count);
}

const TICK: Record<Step["unit"], Intl.DateTimeFormatOptions> = {
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
  year: { year: "numeric" },
};

/** Label a tick; midnight among hours and January among months say the larger unit. */
export function tickLabel(time: number, step: Step, language: string): string {
  const unit = step.unit === "hour" && time % DAY === 0 ? "day" : step.unit;
  return shown(time, language, TICK[unit]);
}
