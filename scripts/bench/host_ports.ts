// Owns: the machine as operations see it, for rows that run operations in this process.

import { type HostPorts } from "../../src/ops/context.ts";
import { exists, readTextIfExists } from "../../src/platform/files.ts";
import { hostName, selfIdentity } from "../../src/platform/process.ts";
import { selfCommand } from "../../src/platform/self.ts";
import { sleep } from "../../src/platform/timers.ts";

export const hostPorts: HostPorts = {
  hostName,
  self: selfIdentity,
  selfCommand,
  environment: () => ({}),
  exists,
  readText: readTextIfExists,
  tail: () => Promise.resolve({ text: "", size: 0, truncated: false }),
  sleep,
};
