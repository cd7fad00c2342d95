/** What is looked at, kept in the address: a view can be sent as a link and the browser's "back" goes back. */

export const VIEWS = ["chronology", "contradictions", "sources", "map", "reports", "log", "claim", "report", "entity"] as const;
export type View = (typeof VIEWS)[number];

export const FACETS = ["place", "actor", "outlet", "language", "type", "status", "certainty"] as const;
export type Facet = (typeof FACETS)[number];

export interface Filters {
  q: string; from: string; to: string; min: number; contested: boolean; group: "day" | "place" | "actor" | "none";
  facets: Partial<Record<Facet, string>>;
}
export interface Looking extends Filters { view: View; id: string; at: string }

/** Read an address's part after the `#`; what cannot be read is left at its default. */
export function parse(hash: string): Looking {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name = "", id = ""] = path.split("/");
  const asked = new URLSearchParams(query);
  const view = VIEWS.find((one) => one === name) ?? "chronology";
  const group = (["place", "actor", "none"] as const).find((one) => one === asked.get("group")) ?? "day";
  const facets: Looking["facets"] = {};
  for (const facet of FACETS) if (asked.get(facet)) facets[facet] = asked.get(facet)!;
  return {
    view, id: decode(id), at: asked.get("at") ?? "", q: asked.get("q") ?? "", from: asked.get("from") ?? "",
    to: asked.get("to") ?? "", min: Math.max(1, Number.parseInt(asked.get("min") ?? "1", 10) || 1),
    contested: asked.get("contested") === "1", group, facets,
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Write an address: only what differs from the default. */
export function write(looking: Looking): string {
  const asked = new URLSearchParams();
  const put = (key: string, value: string, unless = "") => value !== unless && asked.set(key, value);
  for (const key of ["at", "q", "from", "to"] as const) put(key, looking[key]);
  put("min", String(looking.min), "1");
  put("contested", looking.contested ? "1" : "");
  put("group", looking.group, "day");
  for (const facet of FACETS) put(facet, looking.facets[facet] ?? "");
  const query = asked.toString();
  return `#/${looking.view}${looking.id ? `/${encodeURIComponent(looking.id)}` : ""}${query ? `?${query}` : ""}`;
}

export const looking: Looking = $state(parse(location.hash));

addEventListener("hashchange", () => Object.assign(looking, parse(location.hash)));

/** Give the address of another view under the same filters. */
export function link(view: View, id = "", at = ""): string {
  return write({ ...looking, view, id, at });
}

/** Go to another view under the same filters. */
export function go(view: View, id = "", at = ""): void {
  location.hash = link(view, id, at);
}

/** Change filters in place; the address follows without a new step in the browser's history. */
export function narrow(change: Partial<Filters>): void {
  Object.assign(looking, change);
  history.replaceState(null, "", write(looking));
}

/** Set or clear one facet. */
export function setFacet(facet: Facet, value: string | undefined): void {
  narrow({ facets: { ...looking.facets, [facet]: value || undefined } });
}

/** Drop every filter, and keep the view. */
export function clear(): void {
  narrow({ q: "", from: "", to: "", min: 1, contested: false, facets: {} });
}
