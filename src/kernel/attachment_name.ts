// Owns: what an attached file is called on disk. Pure.

/** Characters of a stored name, a number in brackets not counted. */
const maxCharacters = 200;

/** Bytes that every usual file system takes for one name; room is left for ` (999)`. */
const maxBytes = 240;

/** Separators, what Windows refuses, control characters, and marks that turn the reading direction. */
// deno-lint-ignore no-control-regex -- control characters are what this removes
const unsafe = /[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

const mediaTypes: Readonly<Record<string, string>> = {
  csv: "text/csv",
  gif: "image/gif",
  gz: "application/gzip",
  html: "text/html",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  log: "text/plain",
  md: "text/markdown",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain",
  webp: "image/webp",
  xml: "application/xml",
  yaml: "application/yaml",
  yml: "application/yaml",
  zip: "application/zip",
};

/** The last part of any path, made safe for every file system and short enough, its ending kept. */
export function attachmentName(given: string): string {
  const last = given.split(/[\\/]/).findLast((part) => part.trim() !== "") ?? "";
  const clean = last.replace(unsafe, "_").replace(/\s+/g, " ").trim()
    .replace(/^\.+/, "").replace(/[. ]+$/, "");
  return clean === "" ? "attachment" : shorten(clean);
}

/** `report.pdf` → `report (2).pdf` for the second name after a collision; the name itself for 0. */
export function numberedName(name: string, number: number): string {
  if (number === 0) return name;
  const { stem, ending } = split(name);
  return `${stem} (${number})${ending}`;
}

/** The media type that a name's ending stands for; null when it is not a common one. */
export function mediaTypeOf(name: string): string | null {
  return mediaTypes[split(name).ending.slice(1).toLowerCase()] ?? null;
}

function shorten(name: string): string {
  const { stem, ending } = split(name);
  const characters = [...stem];
  while (!fits(characters.join("") + ending) && characters.length > 1) characters.pop();
  return characters.join("").trimEnd() + ending;
}

function fits(name: string): boolean {
  return name.length <= maxCharacters && new TextEncoder().encode(name).length <= maxBytes;
}

/** An ending of more than 20 characters is no ending. */
function split(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : "";
  return { stem: name.slice(0, name.length - ending.length), ending };
}
