// Owns: reading the environment of this process.

/** The value of one environment variable, exactly as set; undefined when it is not set. */
export function readEnv(name: string): string | undefined {
  return Deno.env.get(name);
}

/** A copy of the whole environment. */
export function allEnv(): Record<string, string> {
  return { ...Deno.env.toObject() };
}
