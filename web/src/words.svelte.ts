/** The words of the interface in the reader's language, with that language's plurals. */
import de from "./words/de.json";
import en from "./words/en.json";
import ru from "./words/ru.json";

export const LANGUAGES = { en: "English", de: "Deutsch", ru: "Русский" } as const;
export type Language = keyof typeof LANGUAGES;
type Forms = { one?: string; few?: string; many?: string; other: string };
export type Word = keyof typeof en;

const BOOKS: Record<Language, Record<string, string | Forms>> = { en, de, ru };
const KEPT = "sayso.language";

export const interfaceIn: { language: Language } = $state({ language: chosen() });

function chosen(): Language {
  const wanted = [kept(KEPT), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return (wanted.find((tag) => tag && tag in LANGUAGES) as Language | undefined) ?? "en";
}

/** Read a choice kept in this browser; a file opened from disk may be forbidden to keep any. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keep a choice in this browser, where that is allowed. */
export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // a choice that is not kept is made again next time
  }
}

/** Speak another language from now on. */
export function speak(language: Language): void {
  interfaceIn.language = language;
  keep(KEPT, language);
}

/** Say a word, or a phrase with `{n}` and other places filled in. */
export function t(word: Word, filled: Record<string, string | number> = {}): string {
  return fill(BOOKS[interfaceIn.language][word]!, filled);
}

/** Say a word that is made from data (an event type, a field); what has no word is shown as it is. */
export function named(kind: string, value: string): string {
  const found = BOOKS[interfaceIn.language][`${kind}.${value}`];
  return found ? fill(found, {}) : value.toLowerCase().replaceAll("_", " ");
}

/** Say a position in a contradiction: some are words of the program, the others are the data's own. */
export function position(value: string): string {
  const found = BOOKS[interfaceIn.language][`position.${value}`];
  return found ? fill(found, {}) : value;
}

/** Say an event's type, which may have a mode: "ASSAULT/arson" is an arson. */
export function eventType(type: string): string {
  const [kind = "", mode] = type.split("/");
  return mode ? `${named("type", kind)}: ${named("mode", mode)}` : named("type", kind);
}

function fill(found: string | Forms, filled: Record<string, string | number>): string {
  const form = typeof found === "string" ? found : pick(found, Number(filled.n ?? 0));
  return form.replace(/\{(\w+)\}/g, (whole, key: string) => (key in filled ? inNumbers(filled[key]!) : whole));
}

function pick(forms: Forms, n: number): string {
  const rule = new Intl.PluralRules(interfaceIn.language).select(n) as keyof Forms;
  return forms[rule] ?? forms.other;
}

function inNumbers(value: string | number): string {
  return typeof value === "number" ? value.toLocaleString(interfaceIn.language) : value;
}

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Make characters visible that would otherwise reorder or hide what stands around them. */
export function visible(text: string): string {
  return text.replace(CONTROLS, (mark) => `⟨U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** Give a web address that may be followed, or null: only http and https, never a script. */
export function safeUrl(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    const { protocol, href } = new URL(url);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}
