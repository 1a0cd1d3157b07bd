// Owns: the scripts that teach each shell to ask hermes what comes next.

import bash from "./hermes.bash" with { type: "text" };
import fish from "./hermes.fish" with { type: "text" };
import powershell from "./hermes.ps1" with { type: "text" };
import zsh from "./hermes.zsh" with { type: "text" };

/** Script by the name of its shell. */
export const scripts: Readonly<Record<string, string>> = { bash, zsh, fish, powershell };
