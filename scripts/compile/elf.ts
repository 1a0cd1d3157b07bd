// Owns: where a base runtime ends inside a program that `deno compile` made (64-bit ELF).

import { HermesError } from "../../src/base/errors.ts";

const trailerMagic = "d3n0l4nd";

/**
 * Length in bytes of the untouched base runtime at the start of `program`: up to the end of the
 * section header table. What `deno compile` appends begins right there.
 *
 * @throws HermesError `corrupt` when `program` is no little-endian 64-bit ELF file or carries no
 * appended program at that place.
 */
export function baseRuntimeLength(program: Uint8Array): number {
  if (program.length < 64 || text(program, 1, 4) !== "ELF" || program[0] !== 0x7f) {
    throw refusal("it is no ELF file");
  }
  if (program[4] !== 2 || program[5] !== 1) {
    throw refusal("it is no little-endian 64-bit ELF file");
  }
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const tableStart = Number(view.getBigUint64(0x28, true));
  const entrySize = view.getUint16(0x3a, true);
  const entryCount = view.getUint16(0x3c, true);
  const end = tableStart + entrySize * entryCount;
  if (tableStart < 64 || entryCount === 0 || end > program.length) {
    throw refusal("its section header table lies outside the file");
  }
  if (text(program, end, end + trailerMagic.length) !== trailerMagic) {
    throw refusal("no program made by deno compile follows its section header table");
  }
  return end;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function refusal(reason: string): HermesError {
  return new HermesError("corrupt", `Cannot find a base runtime in the program: ${reason}`);
}
