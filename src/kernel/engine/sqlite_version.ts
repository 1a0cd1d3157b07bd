// Owns: which SQLite releases can damage a WAL file that several processes use.

/**
 * Whether this SQLite has the WAL-reset bug: releases 3.7.0 to 3.51.2, except 3.50.7 and later 3.50.x
 * and 3.44.6 and later 3.44.x, can corrupt a WAL database when one process commits and resets the WAL
 * while another runs a second checkpoint (sqlite.org, "the WAL-reset bug"). Unreadable text counts as affected.
 */
export function hasWalResetBug(version: string): boolean {
  const [major, minor, patch] = version.split(".").map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major + minor)) return true;
  const release = patch ?? 0;
  if (major !== 3) return false;
  if (minor < 7) return false;
  if (minor === 44) return release < 6;
  if (minor === 50) return release < 7;
  if (minor === 51) return release < 3;
  return minor < 51;
}
