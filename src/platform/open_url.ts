// Owns: showing an address in the person's browser.

import { spawn } from "node:child_process";

const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  windows: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Asks the desktop to open `url`. Resolves to false where there is none, or it cannot be asked. */
export function openUrl(url: string): Promise<boolean> {
  const [program, ...args] = openers[Deno.build.os] ?? ["xdg-open"];
  return new Promise((resolve) => {
    const child = spawn(program!, [...args, url], { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
