/** Who relies on whom: the steps of all chains, counted. */
import { push, type Case } from "./case";
import type { Account } from "./records.gen";

export interface Reliance { id: string; count: number; accounts: Account[] }
export interface Actor {
  id: string; claims: Set<string>; accounts: number; said: number; on: Map<string, Account[]>; by: Map<string, Account[]>;
}

/** Count, for everyone who stands in a chain, on whom they rely, who relies on them, and what they are the last word for. */
export function countReliance(held: Case): Map<string, Actor> {
  const actors = new Map<string, Actor>();
  const get = (id: string) => {
    let found = actors.get(id);
    if (!found) actors.set(id, (found = { id, claims: new Set(), accounts: 0, said: 0, on: new Map(), by: new Map() }));
    return found;
  };
  for (const account of held.account.values()) {
    account.chain.forEach((id, at) => {
      const actor = get(id), next = account.chain[at + 1];
      actor.claims.add(account.claim);
      actor.accounts++;
      if (next === undefined) {
        if (at > 0) actor.said++;
      } else if (next !== id) {
        push(actor.on, next, account);
        push(get(next).by, id, account);
      }
    });
  }
  return actors;
}

/** List reliances, most frequent first. */
export function ranked(reliances: Map<string, Account[]>): Reliance[] {
  return [...reliances].map(([id, accounts]) => ({ id, count: accounts.length, accounts }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

export interface Cascade { report: string; followers: { report: string; relation: string; score: number }[] }

/** List the reports that others come from and that come from none themselves, longest cascade first. */
export function cascades(held: Case): Cascade[] {
  const derivations = held.tables.derivations;
  const derived = new Set(derivations.map((one) => one.report));
  const next = new Map<string, typeof derivations>();
  for (const one of derivations) push(next, one.from, one);
  const found = [...next.keys()].filter((report) => !derived.has(report)).map((report) => {
    const followers: Cascade["followers"] = [];
    const seen = new Set([report]);
    for (const open = [report]; open.length; )
      for (const one of next.get(open.pop()!) ?? [])
        if (!seen.has(one.report)) {
          seen.add(one.report);
          open.push(one.report);
          followers.push({ report: one.report, relation: one.relation, score: one.score });
        }
    return { report, followers };
  });
  return found.sort((a, b) => b.followers.length - a.followers.length || (a.report < b.report ? -1 : 1));
}
