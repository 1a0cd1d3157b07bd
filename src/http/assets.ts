// Owns: the files of the dashboard as the server is given them.

/** One file of the built dashboard. */
export interface Asset {
  body: Uint8Array;
  /** Media type, with the character set where it is text. */
  type: string;
  /** Strong validator with its quotes, such as `"4f1c…"`. */
  etag: string;
  /** The body compressed with gzip, where that pays. */
  gzip?: Uint8Array;
}

/** The built dashboard. */
export interface Assets {
  /** Path with a leading slash, such as `/assets/main-1a2b3c.js` → file. */
  files: Readonly<Record<string, Asset>>;
  /** Path of the page that every address of the dashboard shows; a key of `files`. */
  index: string;
}

/** Provides the dashboard when it is first asked for; from source that may mean building it. */
export type LoadAssets = () => Promise<Assets>;
