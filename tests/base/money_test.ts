import assert from "node:assert/strict";
import { formatUsd, formatUsdColumn, parseUsd } from "../../src/base/money.ts";

const written: readonly [dollars: number, text: string][] = [
  [0, "$0.00"],
  [0.00001, "<$0.0001"],
  [0.0042, "$0.0042"],
  [0.05, "$0.05"],
  [0.0999, "$0.0999"],
  [0.1, "$0.10"],
  [0.125, "$0.13"],
  [12, "$12.00"],
  [1234.5, "$1,234.50"],
  [1_000_000, "$1,000,000.00"],
];

for (const [dollars, text] of written) {
  Deno.test(`formatUsd() writes ${dollars} as ${text}`, () => {
    assert.equal(formatUsd(dollars), text);
  });
}

Deno.test("formatUsdColumn() gives all amounts the digits of the smallest", () => {
  assert.deepEqual(formatUsdColumn([1, null, 0, 2.345]), ["$1.00", null, "$0.00", "$2.35"]);
  assert.deepEqual(formatUsdColumn([1, 0.012, 0.00001, 0]), [
    "$1.0000",
    "$0.0120",
    "<$0.0001",
    "$0.0000",
  ]);
});

Deno.test("parseUsd() reads amounts as people write them, and none as no limit", () => {
  const read = ["0.50", ".5", "$2", " $ 2.25 ", "1,000", "1,000.5", "none", "None"].map(parseUsd);
  assert.deepEqual(read, [0.5, 0.5, 2, 2.25, 1000, 1000.5, null, null]);
});

for (const text of ["", "0", "0.00", "-1", "1e3", "free", "1.000,5", "10,00", "$", "2€", "NaN"]) {
  Deno.test(`parseUsd() refuses ${JSON.stringify(text)} with an example`, () => {
    assert.throws(() => parseUsd(text), { code: "usage", remedy: /0\.50/ });
  });
}
