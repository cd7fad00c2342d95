/** Words as one searches for them: without accents or script, cut to their stem. */
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as russian } from "@orama/stemmers/russian";

const WORD = /[\p{L}\p{N}]+/gu;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const MARKS = /\p{M}/gu;
const LETTERS: Record<string, string> = { ß: "ss", ё: "е", æ: "ae", ø: "o", ł: "l", đ: "d", ı: "i" };
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** Fold a word: lower case, no accents. */
export function fold(word: string): string {
  const plain = word.toLowerCase().replace(SPECIAL, (letter) => LETTERS[letter]!);
  return plain.normalize("NFD").replace(MARKS, "").normalize("NFC");
}

/** Cut a folded word to its stem: Russian for Cyrillic, else the shorter of the English and the German. */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const tries = CYRILLIC.test(word) ? [russian(word)] : [english(word), german(word)];
  const cut = tries.filter((candidate) => candidate.length > 2 && word.startsWith(candidate));
  return cut.reduce((best, candidate) => (candidate.length < best.length ? candidate : best), word);
}

/** Split a query into the stems that must all be found. */
export function stems(query: string): string[] {
  return [...query.matchAll(WORD)].map(([word]) => stem(fold(word)));
}

/** Find texts by stems; a stem also finds the longer words it begins. Texts are known by their place. */
export class TextIndex {
  private readonly postings = new Map<string, number[]>();
  private readonly known = new Map<string, string>();
  private taken = 0;

  constructor(private readonly size: number, private readonly text: (place: number) => string) {}

  /** Take in the next texts, all that are left unless told how many; tell whether any are left. */
  grow(count = Infinity): boolean {
    for (const end = Math.min(this.size, this.taken + count); this.taken < end; this.taken++)
      for (const [word] of this.text(this.taken).matchAll(WORD)) {
        let cut = this.known.get(word);
        if (cut === undefined) this.known.set(word, (cut = fold(word)));
        this.add(cut, this.taken);
      }
    return this.taken < this.size;
  }

  private add(word: string, place: number): void {
    const list = this.postings.get(word);
    if (!list) this.postings.set(word, [place]);
    else if (list[list.length - 1] !== place) list.push(place);
  }

  /** Give the places of the texts that hold every stem. */
  find(wanted: readonly string[]): Set<number> {
    this.grow();
    let found: Set<number> | null = null;
    for (const one of wanted) {
      const here = new Set<number>();
      for (const [word, places] of this.postings)
        if (word.startsWith(one)) for (const place of places) if (!found || found.has(place)) here.add(place);
      found = here;
    }
    return found ?? new Set();
  }
}
