/** The chains of a claim as a graph, from the reports on the left to whoever says so on the right. */
import { graphlib, layout } from "@dagrejs/dagre";
import type { Case } from "./case";
import type { Account, Derivation } from "./records.gen";

export interface Node { id: string; label: string; note: string; x: number; y: number; width: number; href: { report?: string; entity?: string } }
export interface Edge { points: { x: number; y: number }[]; kind: "cites" | Derivation["relation"] }
export interface Graph { nodes: Node[]; edges: Edge[]; width: number; height: number }

const TALL = 40;
const MOST = 22;

/** Shorten a label to what fits into a node; the whole of it is in the node's title. */
export function short(label: string): string {
  return label.length > MOST ? `${label.slice(0, MOST - 1)}…` : label;
}

/** Lay out who passes on whose word. Every account's chain is a way from its report to its source. */
export function drawChains(held: Case, accounts: readonly Account[], note: (report: string) => string): Graph {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 12, ranksep: 46, marginx: 4, marginy: 4 });
  const reports = new Set(accounts.map((account) => account.report));
  const nodeOf = reportNodes(held, accounts);
  for (const account of accounts) addChain(graph, held, account, note, nodeOf);
  for (const one of held.tables.derivations)
    if (reports.has(one.report) && reports.has(one.from) && one.report !== one.from)
      graph.setEdge(`r:${one.report}`, `r:${one.from}`, { kind: one.relation });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width, height,
    nodes: graph.nodes().map((id: string) => ({ id, ...(graph.node(id) as unknown as Omit<Node, "id">) })),
    edges: graph.edges().map((edge: { v: string; w: string }) => graph.edge(edge) as unknown as Edge),
  };
}

/** Tell which node stands for a cited outlet: its own report here, where it has just one, else the outlet itself. */
function reportNodes(held: Case, accounts: readonly Account[]): (outlet: string) => string {
  const reports = new Map<string, Set<string>>();
  for (const { report } of accounts) {
    const outlet = held.report.get(report)?.outlet;
    if (outlet) reports.set(outlet, (reports.get(outlet) ?? new Set()).add(report));
  }
  return (outlet) => {
    const own = reports.get(outlet);
    return own?.size === 1 ? `r:${[...own][0]}` : `e:${outlet}`;
  };
}

function addChain(
  graph: InstanceType<typeof graphlib.Graph>, held: Case, account: Account, note: (report: string) => string,
  nodeOf: (outlet: string) => string,
) {
  const put = (id: string, label: string, under: string, href: Node["href"]) => {
    const width = Math.max(short(label).length * 7.6, under.length * 6.2, 40) + 18;
    if (!graph.hasNode(id)) graph.setNode(id, { label, note: under, href, width, height: TALL });
  };
  let before = `r:${account.report}`;
  put(before, held.outlet(account.report), note(account.report), { report: account.report });
  const own = held.report.get(account.report)?.outlet;
  for (const [at, link] of account.chain.entries()) {
    if (at === 0 && link === own) continue;
    const id = nodeOf(link);
    const entity = held.entity.get(link);
    if (id.startsWith("r:")) put(id, held.name(link), note(id.slice(2)), { report: id.slice(2) });
    else put(id, held.name(link), entity?.roles[0] ?? "", entity ? { entity: link } : {});
    if (id !== before && !graph.hasEdge(before, id)) graph.setEdge(before, id, { kind: "cites" });
    before = id;
  }
}

/** Draw a line through points. */
export function line(points: { x: number; y: number }[]): string {
  return points.map(({ x, y }, at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
