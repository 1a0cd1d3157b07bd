import assert from "node:assert/strict";
import fc from "fast-check";
import { CapturedOutput } from "../../src/platform/captured_output.ts";

function capture(maxBytes: number, chunks: string[]): CapturedOutput {
  const output = new CapturedOutput(maxBytes);
  for (const chunk of chunks) output.add(new TextEncoder().encode(chunk));
  return output;
}

Deno.test("CapturedOutput keeps everything up to its limit", () => {
  const output = capture(10, ["01234", "56789"]);
  assert.deepEqual([output.text(), output.dropped], ["0123456789", 0]);
});

Deno.test("CapturedOutput drops the middle and says how much", () => {
  const output = capture(4, ["0123", "4", "56789"]);
  assert.deepEqual([output.text(), output.dropped], ["01\n… [6 bytes omitted] …\n89", 6]);
});

Deno.test("CapturedOutput never cuts a character in half", () => {
  const output = capture(10, ["ääää", "日本語", "öööö"]);
  assert.equal(output.text(), "ää\n… [17 bytes omitted] …\nöö");
  assert.equal(output.dropped, 15);
});

Deno.test("CapturedOutput gives the same text however the bytes arrive", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 2, max: 200 }),
      fc.integer({ min: 1, max: 50 }),
      (bytes, maxBytes, step) => {
        const whole = new CapturedOutput(maxBytes);
        whole.add(bytes);
        const parts = new CapturedOutput(maxBytes);
        for (let at = 0; at < bytes.length; at += step) parts.add(bytes.subarray(at, at + step));
        assert.equal(parts.text(), whole.text());
        assert.equal(parts.dropped, Math.max(0, bytes.length - maxBytes));
      },
    ),
  );
});

Deno.test("CapturedOutput stays small for a long stream of tiny chunks", () => {
  const output = new CapturedOutput(100);
  const chunk = new TextEncoder().encode("x");
  for (let count = 0; count < 200_000; count++) output.add(chunk);
  assert.equal(output.dropped, 199_900);
});
