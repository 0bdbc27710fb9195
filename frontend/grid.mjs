// Classes that place things without a style attribute. A week has 336 half hours: `at-0` to `at-335` is where
// a block starts, `for-1` to `for-336` how long it lasts. `of-1` to `of-12` is a share of twelve columns.
const HALF_HOURS = 336;

export function gridCss() {
  const rules = [];
  for (let n = 0; n < HALF_HOURS; n += 1) rules.push(`.at-${n}{grid-column-start:${n + 1}}`);
  for (let n = 1; n <= HALF_HOURS; n += 1) rules.push(`.for-${n}{grid-column-end:span ${n}}`);
  for (let n = 1; n <= 12; n += 1) rules.push(`.of-${n}{grid-column:span ${n}}`);
  for (let n = 1; n <= 12; n += 1) rules.push(`.cols-${n}{grid-template-columns:repeat(${n},minmax(0,1fr))}`);
  return rules.join("");
}
