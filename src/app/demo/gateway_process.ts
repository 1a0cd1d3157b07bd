// Owns: the gateway as a child of the demo — started again when it dies, ended with all it started.

import { systemClock } from "../../base/clock.ts";
import { HermesError, toHermesError } from "../../base/errors.ts";
import type { Service } from "../../base/service.ts";
import { plural } from "../../base/text.ts";
import { envNames } from "../../config/env_names.ts";
import { tailText } from "../../platform/files.ts";
import { endMarked, endTree, findMarked } from "../../platform/kill_tree.ts";
import { type ExitStatus, spawnDetached, type SpawnedProcess } from "../../platform/spawn.ts";
import { holdLoop } from "../../platform/timers.ts";
import type { DemoHome } from "./home.ts";

/** Milliseconds a gateway, and then its workers, may take to end when asked. */
const graceMs = 3000;
/** A gateway that ends sooner than this after its start cannot work here, in milliseconds. */
const shortLifeMs = 2000;
/** Short lives in a row after which no further gateway is started. */
const mostShortLives = 3;
/** Looks for processes that a worker started while it was being ended. */
const sweepRounds = 5;
const shownLogBytes = 1000;

/** What a {@link GatewayProcess} needs. */
export interface GatewayOptions {
  home: Pick<DemoHome, "root" | "env" | "gatewayLog">;
  /** The words that start this program again. */
  selfCommand: readonly string[];
  /** Called when the gateway died and before it is started again. */
  onDeath(pid: number, how: string): void;
  /** Called once when the gateway cannot be kept running. */
  onBroken(error: HermesError): void;
}

/** Runs `hermes gateway start` in the demo's home and keeps it running. */
export class GatewayProcess implements Service {
  readonly #options: GatewayOptions;
  readonly #stopping = new AbortController();
  #process: SpawnedProcess | undefined;
  #watching: Promise<void> | undefined;
  #deaths = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** The process as it is now; null between two lives. */
  get pid(): number | null {
    return this.#process?.identity.pid ?? null;
  }

  /** How often it had to be started again. */
  get restarts(): number {
    return this.#deaths;
  }

  async start(): Promise<void> {
    if (this.#watching) return;
    this.#process = await this.#spawn();
    this.#watching = this.#keepRunning().catch((thrown) => {
      this.#process = undefined;
      this.#options.onBroken(toHermesError(thrown));
    });
  }

  /** Ends the gateway, its workers and everything these started. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#process) await this.#end(this.#process);
    if (this.#watching) await holdLoop(this.#watching);
    this.#process = undefined;
    for (let round = 0; round < sweepRounds; round++) {
      const markers = new Set(findMarked(this.#markers).map(({ marker }) => marker));
      if (markers.size === 0) return;
      await Promise.all([...markers].map((marker) => endMarked(marker, graceMs)));
    }
  }

  /** What the markers of the gateway and of all its runs start with: runs carry the board's path. */
  get #markers(): string {
    return `hermes:${this.#options.home.root}/`;
  }

  get #marker(): string {
    return `${this.#markers}gateway`;
  }

  #spawn(): Promise<SpawnedProcess> {
    const { home, selfCommand } = this.#options;
    return spawnDetached({
      argv: [...selfCommand, "gateway", "start", "--no-dashboard"],
      cwd: home.root,
      env: { ...home.env, [envNames.runMarker]: this.#marker },
      logPath: home.gatewayLog,
    });
  }

  async #end({ identity }: SpawnedProcess): Promise<void> {
    await endTree({ identity, marker: this.#marker, graceMs });
  }

  async #keepRunning(): Promise<void> {
    let shortLives = 0;
    const stopped = this.#stopping.signal;
    while (this.#process) {
      const born = systemClock.monotonicMs();
      const status = await this.#process.exited;
      if (stopped.aborted) return;
      shortLives = systemClock.monotonicMs() - born < shortLifeMs ? shortLives + 1 : 0;
      if (shortLives >= mostShortLives) throw await this.#cannotRun(shortLives, status);
      this.#options.onDeath(this.#process.identity.pid, describeExit(status));
      this.#deaths++;
      this.#process = undefined;
      this.#process = await this.#spawn();
      if (stopped.aborted) await this.#end(this.#process);
    }
  }

  async #cannotRun(times: number, status: ExitStatus): Promise<HermesError> {
    const log = await tailText(this.#options.home.gatewayLog, shownLogBytes);
    return new HermesError(
      "unavailable",
      `Cannot run the gateway: it ended ${plural(times, "time")} in a row, ` +
        `at last with ${describeExit(status)}\n${log.text.trimEnd()}`,
      { remedy: "Run it once more with hermes demo --keep and read gateway.log." },
    );
  }
}

function describeExit({ code, signal }: ExitStatus): string {
  return signal ?? `exit code ${code}`;
}
