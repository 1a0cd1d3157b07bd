// Owns: which variables a worker inherits from the gateway: those that say how the machine works, no secrets.

/** Harmless whoever reads them. */
const names: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TMP", "TEMP", "TZ", "HOSTNAME"],
  ...["LANG", "LANGUAGE", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"],
  ...["EDITOR", "VISUAL", "PAGER", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "CI"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "FTP_PROXY"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE"],
  ...["CURL_CA_BUNDLE", "AWS_CA_BUNDLE", "GIT_SSL_CAINFO", "PIP_CERT", "NPM_CONFIG_CAFILE"],
  ...["NPM_CONFIG_REGISTRY", "NIX_PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX"],
  // Windows does not work without these.
  ...["SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "USERNAME"],
  ...["APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "HOMEDRIVE", "HOMEPATH", "OS"],
]);

const prefixes = ["LC_", "XDG_", "HERMES_", "DENO_", "GIT_AUTHOR_", "GIT_COMMITTER_"];

/** Tools find their own folders by variables such as `GOPATH`, `JAVA_HOME` and `NVM_DIR`. */
const folder = /(?:_HOME|_DIR|_ROOT|PATH|_CACHE)$/;

const secret =
  /(?:^|_|-)(?:API_?KEY|[A-Z]*KEY|[A-Z]*TOKEN|[A-Z]*SECRET|PASS|[A-Z]*PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|AUTH|PAT|COOKIE|DSN)S?$/;

/** Whether a variable's name says that it holds a key, a token or a password. */
export function looksLikeSecret(name: string): boolean {
  return secret.test(name.toUpperCase());
}

/**
 * What of `env` a worker gets. What is not known to be harmless stays behind, and so does whatever is named like
 * a secret, unless `wanted` names it.
 */
export function inheritable(
  env: Readonly<Record<string, string>>,
  wanted: Iterable<string> = [],
): Record<string, string> {
  const named = new Set(wanted);
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => named.has(name) || isHarmless(name.toUpperCase())),
  );
}

function isHarmless(name: string): boolean {
  if (names.has(name)) return true;
  if (secret.test(name)) return false;
  return prefixes.some((prefix) => name.startsWith(prefix)) || folder.test(name);
}
