// Owns: the real ports of the operations.

import { envNames } from "../config/env_names.ts";
import { startedWithin } from "../platform/ancestry.ts";
import { editText } from "../platform/editor.ts";
import { allEnv } from "../platform/env.ts";
import { exists, readTextIfExists, tailText } from "../platform/files.ts";
import { writePidFile } from "../platform/pid_file.ts";
import { hostName, selfIdentity } from "../platform/process.ts";
import { selfCommand } from "../platform/self.ts";
import { sleep } from "../platform/timers.ts";
import type { HostPorts } from "../ops/context.ts";

/** The machine this process runs on. */
export const hostPorts: HostPorts = {
  hostName,
  self: selfIdentity,
  selfCommand,
  environment: allEnv,
  exists,
  readText: readTextIfExists,
  tail: tailText,
  startedByRun: (marker) => startedWithin(envNames.runMarker, marker),
  pidFile: writePidFile,
  editText: (text, name) => editText(text, name),
  sleep,
};
