// Made by web/generate_types.py from sayso.records. Do not edit by hand.

export const FORMAT_VERSION = 1;

/** Hold one telling of one claim by one report, with the chain of who says so. */
export interface Account {
  id: string;
  report: string;
  claim: string;
  attribution: string | null;
  event: string | null;
  spans: [number, number][];
  chain: string[];
  origin: string;
  derived_from: string | null;
  polarity: "negative" | "positive";
  certainty: "certain" | "possible" | "probable" | "underspecified";
  quantities: Quantity[];
  time: string | null;
  place: string | null;
}

/** Hold one way an entity is written, with how often it was met. */
export interface Alias {
  text: string;
  language: string;
  count: number;
}

/** Hold one relation in one report: a source is said to have said, thought or denied a content. */
export interface Attribution {
  id: string;
  report: string;
  kind: "direct" | "free_indirect" | "indirect" | "mixed" | "reported";
  content: Part;
  cue: Part | null;
  source: Part | null;
  source_entity: string | null;
  addressee: Part | null;
  medium: Part | null;
  medium_entity: string | null;
  parent: string | null;
  polarity: "negative" | "positive";
  certainty: "certain" | "possible" | "probable" | "underspecified";
  markers: Marker[];
  said: string | null;
  anonymous: boolean;
  score: number;
}

/** Mark a stretch of a report by its function on the page. */
export interface Block {
  kind: "byline" | "caption" | "dateline" | "list_item" | "paragraph" | "title";
  start: number;
  end: number;
}

/** Hold one place in a report that points to another source. */
export interface Citation {
  id: string;
  report: string;
  spans: [number, number][];
  kind: "link" | "named_document" | "named_outlet";
  target: string;
  attribution: string | null;
}

/** Hold one proposition that one or more reports tell. */
export interface Claim {
  id: string;
  kind: "event" | "proposition" | "quantity";
  summary: string;
  language: string;
  event_type: string | null;
  earliest: string | null;
  latest: string | null;
  place: string | null;
  actors: string[];
  accounts: string[];
  origins: Origin[];
  origin_count: number;
  origin_count_max: number;
  contradictions: string[];
  status: "corroborated" | "disputed" | "uncorroborated";
  status_why: string;
}

/** Hold accounts that cannot all be true, by field; `evolving` where a figure grows as time passes. */
export interface Contradiction {
  id: string;
  field: string;
  positions: Position[];
  kind: "contradiction" | "evolving";
}

/** Hold that one report, or a passage of it, comes from another (W3C PROV relations). */
export interface Derivation {
  id: string;
  report: string;
  from: string;
  relation: "was_derived_from" | "was_quoted_from" | "was_revision_of" | "was_translated_from";
  score: number;
  passages: Passage[];
}

/** Hold one person, organisation, group, place or outlet across all reports. */
export interface Entity {
  id: string;
  kind: "event_name" | "group" | "organisation" | "outlet" | "person" | "place" | "product";
  name: string;
  aliases: Alias[];
  roles: string[];
  country: string | null;
  voice: string | null;
  voice_why: string | null;
  lat: number | null;
  lon: number | null;
  admin1: string | null;
  geonames: number | null;
  domains: string[];
  reliability: "A" | "B" | "C" | "D" | "E" | "F" | null;
  wikidata: string | null;
}

/** Hold a part that names an entity; `entity` is null where it could not be resolved. */
export interface EntityPart {
  spans: [number, number][];
  text: string;
  entity: string | null;
}

/** Hold one report's mention of something that happened, was tried, planned or denied (PLOVER). */
export interface Event {
  id: string;
  report: string;
  attribution: string | null;
  type: string;
  mode: string | null;
  contexts: string[];
  trigger: Part;
  actor: EntityPart | null;
  recipient: EntityPart | null;
  place: EntityPart | null;
  time: string | null;
  quantities: Quantity[];
  polarity: "negative" | "positive";
  modality: "actual" | "attempted" | "planned" | "possible";
  score: number;
}

/** Hold one input that could not be read, or one stage that failed on it. */
export interface Failure {
  path: string;
  stage: string;
  error: string;
}

/** Hold one decision by an analyst; judgements are appended and withdrawn, never destroyed. */
export interface Judgement {
  id: string;
  created: string;
  user: string;
  verdict: "accept" | "different" | "edit" | "note" | "rate" | "reject" | "same";
  target: string;
  other: string | null;
  before: string | null;
  after: string | null;
  reason: string | null;
  withdrawn: string | null;
}

/** Mark a web address in a report: the words that carry it, where it leads, what it tells of its target. */
export interface Link {
  start: number;
  end: number;
  url: string;
  outlet: string | null;
  published: string | null;
}

/** Hold the words that show how far a source commits itself. */
export interface Marker {
  spans: [number, number][];
  text: string;
  kind: "distancing" | "hedge" | "negation" | "subjunctive";
}

/** Hold one mention of an actor, place or outlet. */
export interface Mention {
  id: string;
  report: string;
  spans: [number, number][];
  text: string;
  kind: "event_name" | "group" | "organisation" | "outlet" | "person" | "place" | "product";
  entity: string | null;
  role: Part | null;
  pronominal: boolean;
}

/** Hold one independent root of a claim's accounts, and why they fold to it. */
export interface Origin {
  id: string;
  entity: string | null;
  voice: string | null;
  accounts: string[];
  why: string;
}

/** Hold one part of a datum: where it stands in the report, and those very words. */
export interface Part {
  spans: [number, number][];
  text: string;
}

/** Align a stretch of a derived report with the stretch it comes from. */
export interface Passage {
  spans: [number, number][];
  from_spans: [number, number][];
}

/** Hold one side of a contradiction: the value, and who holds it since when. */
export interface Position {
  value: string;
  accounts: string[];
  origins: string[];
  said: string | null;
}

/** Hold a count or sum with its bounds and the words it was read in. */
export interface Quantity {
  what: "detained" | "displaced" | "injured" | "killed" | "missing" | "money" | "objects" | "participants";
  low: number | null;
  high: number | null;
  mod: "APPROX" | "EQUAL_OR_LESS" | "EQUAL_OR_MORE" | "LESS_THAN" | "MORE_THAN" | null;
  unit: string | null;
  spans: [number, number][];
  text: string;
}

/** Hold one text as published, exactly as read, with what is known of where it came from. */
export interface Report {
  id: string;
  path: string;
  sha256: string;
  media_type: string;
  outlet: string | null;
  url: string | null;
  title: string | null;
  author: string | null;
  published: string | null;
  published_basis: "dateline" | "feed" | "given" | "json-ld" | "meta" | "none" | "url";
  recorded: string | null;
  language: string;
  text: string;
  blocks: Block[];
  links: Link[];
  warnings: string[];
}

/** Hold one temporal expression with its TIMEX3 reading and its bounds. */
export interface Timex {
  id: string;
  report: string;
  spans: [number, number][];
  text: string;
  type: "DATE" | "DURATION" | "SET" | "TIME";
  value: string;
  mod: string | null;
  anchor: string | null;
  earliest: string | null;
  latest: string | null;
}

/** The tables of a case and the record each holds. */
export interface Tables {
  reports: Report;
  attributions: Attribution;
  events: Event;
  timexes: Timex;
  mentions: Mention;
  entities: Entity;
  citations: Citation;
  derivations: Derivation;
  accounts: Account;
  claims: Claim;
  contradictions: Contradiction;
  judgements: Judgement;
  failures: Failure;
}
