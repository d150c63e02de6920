/**
 * What a call does to the other side, told by its words: makes something that stays, takes something away, or nothing that
 * anybody would have to undo.
 */
import type { Reached, Site } from "../../model/knowledge.ts";
import type { Text } from "../../model/text.ts";
import { ASKS, MAKES, MOVES_MONEY, OFFERS, OVERWRITES, READS, RECORDS, REMOVES, TELLS } from "./words.data.ts";

export type Deed = "makes" | "overwrites" | "removes" | "reads" | "tells" | "unknown";

/** What a remote call does. */
export function deedOf({ site, target }: Pick<Reached, "site" | "target">): Deed {
  if (site.verb === "GET" || site.verb === "HEAD" || site.verb === "OPTIONS" || site.access === "read") return "reads";
  const said = wordsOf(actionOf(site, target));
  const within = wordsOf(lastPart(site.symbol));
  const around = [...said, ...within, ...wordsOf(`${textOf(target)} ${textOf(site.origin.target ?? [])} ${site.calleeText} ${site.symbol} ${site.origin.name} ${site.origin.token ?? ""} ${site.library}`)];
  if (around.some((word) => TELLS.has(word))) return "tells";
  // The function's name helps where the call itself does not tell.
  const asked = site.effect === "sdk" && deedIn(said) !== "unknown" ? said : [...said, ...within];
  if (asked.some((word) => ASKS.has(word))) return "reads";
  if (site.effect === "sdk" && said.some((word) => OFFERS.has(word))) return "reads";
  if (site.verb === "REQUEST") return "unknown";
  const told = deedIn(said);
  if (site.verb === "DELETE") return "removes";
  if (isHttp(site)) return told === "reads" || told === "removes" ? told : told === "unknown" && deedIn(within) === "reads" ? "reads" : "makes";
  return told === "unknown" ? deedIn(within) : told;
}

/** The first word that tells. */
function deedIn(words: readonly string[]): Deed {
  for (const word of words) {
    if (MAKES.has(word)) return "makes";
    if (OVERWRITES.has(word)) return "overwrites";
    if (REMOVES.has(word)) return "removes";
    if (READS.has(word)) return "reads";
  }
  return "unknown";
}

/** Charging twice, or for nothing, is never harmless. */
export function movesMoney({ site, target }: Pick<Reached, "site" | "target">): boolean {
  const said = `${actionOf(site, target)} ${lastPart(site.symbol)} ${site.calleeText}`.replace(/payment[-_. ]?methods?/gi, "");
  return wordsOf(said).some((word) => MOVES_MONEY.has(word));
}

/** A log line, a counter or an entry of a cache in the database: nobody misses it. */
export function isRecord(site: Site): boolean {
  const [, table = ""] = /\b(?:into|update)\s+["`]?([\w.]+)/i.exec(textOf(site.target)) ?? [];
  return wordsOf(`${site.entity ?? table} ${site.calleeText} ${lastPart(site.symbol)}`).some((word) => RECORDS.has(word));
}

/** A database call that the code names by what it stores, where its statement cannot be read. */
export function isNamedWrite(site: Site): boolean {
  if (site.access !== "unknown") return site.access === "write";
  const [first = ""] = wordsOf(lastPart(site.symbol));
  return MAKES.has(first) || OVERWRITES.has(first);
}

function isHttp(site: Site): boolean {
  return site.effect === "request" && /^(?:POST|PUT|PATCH|DELETE)$/.test(site.verb);
}

/** The name of the message, procedure or command; of a path, what comes last. */
function actionOf(site: Site, target: Text): string {
  if (isHttp(site)) return lastSegments(textOf(target.length > 0 ? target : site.target));
  const method = lastPart(site.calleeText);
  // `paymentIntents.update`: the verb tells, before the thing.
  if (site.effect === "sdk") return /^[A-Z][a-z]/.test(site.verb) ? site.verb : site.calleeText.split(".").slice(-2).reverse().join(".");
  return /^(?:send|request|call|invoke|act|rpc|query|mutate|makeUnaryRequest)$/.test(method) ? textOf(target) : method;
}

function lastSegments(url: string): string {
  const path = url.replace(/^[a-z][a-z+.-]*:\/\/[^/]*/i, "").replace(/\?.*$/, "");
  return path.split("/").filter((part) => part !== "").slice(-2).join(" ");
}

function textOf(text: Text): string {
  return text.map((part) => (part.is === "known" ? part.text : part.is === "env" ? ` ${part.name} ` : "/")).join("");
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** `placeOrder`, `order.place`, `PLACE_ORDER` → place, order. */
export function wordsOf(text: string): readonly string[] {
  const known = told.get(text);
  if (known !== undefined) return known;
  const words = split(text);
  if (told.size >= MOST_TOLD) told.clear();
  told.set(text, words);
  return words;
}

/** The same texts are asked for after each edit. */
const told = new Map<string, readonly string[]>();
const MOST_TOLD = 20_000;

function split(text: string): readonly string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}
