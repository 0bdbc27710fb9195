// Design tokens: one list for both themes and the four accents. The build turns it into CSS
// and refuses a pair of colours that falls under its contrast.

const light = {
  ink: "#14252A", "ink-2": "#43555B", "ink-3": "#5A6B71",
  line: "#DBE3E5", "line-strong": "#76878D",
  bg: "#F3F6F6", surface: "#FFFFFF", "surface-2": "#EDF2F3",
  blue: "#1D559E", "blue-soft": "#E3ECF8", "blue-mark": "#3B76C4",
  amber: "#7F4C00", "amber-soft": "#FCEFD5", "amber-mark": "#C77C0B",
  green: "#18653A", "green-soft": "#DFF1E6", "green-mark": "#2E9A5C",
  red: "#9E211D", "red-soft": "#FAE4E2", "red-mark": "#CF3F38",
  violet: "#55398F", "violet-soft": "#ECE6F7", "violet-mark": "#7A5CC0",
  grey: "#47565B", "grey-soft": "#E9EEF0",
  night: "#23414A", "on-night": "#FFFFFF", "on-h2": "#0B2A30", "on-h3": "#04191D",
  focus: "#B4530A", "on-red": "#FFFFFF", sun: "#D98A12",
  shadow: "0 1px 2px rgba(16,38,43,.06),0 6px 20px rgba(16,38,43,.06)",
};

const dark = {
  ink: "#E8EFF0", "ink-2": "#B9C6C9", "ink-3": "#99A9AE",
  line: "#2A3A3F", "line-strong": "#7F9197",
  bg: "#0E1719", surface: "#152124", "surface-2": "#1C2B2F",
  blue: "#9CC3F5", "blue-soft": "#16294A", "blue-mark": "#5E97E0",
  amber: "#F2C272", "amber-soft": "#3A2808", "amber-mark": "#E0A03A",
  green: "#8FD8AE", "green-soft": "#0F3320", "green-mark": "#45B87A",
  red: "#F5A6A1", "red-soft": "#431513", "red-mark": "#E8645D",
  violet: "#C8B3F3", "violet-soft": "#2B1F49", "violet-mark": "#9A7FE0",
  grey: "#B9C6C9", "grey-soft": "#223035",
  night: "#3A5A64", "on-night": "#FFFFFF", "on-h2": "#FFFFFF", "on-h3": "#04191D",
  focus: "#FFB070", "on-red": "#2A0503", sun: "#E0A03A",
  shadow: "none",
};

const accents = {
  teal: {
    light: { pri: "#0E5A66", "pri-hover": "#0A444E", "pri-soft": "#DDEDEF", "pri-ink": "#0A444E", "on-pri": "#FFFFFF",
      h0: "#F2F6F6", h1: "#D3E6E8", h2: "#9FCBD0", h3: "#4C98A2", h4: "#0E5A66" },
    dark: { pri: "#78C7D0", "pri-hover": "#9AD9E0", "pri-soft": "#143A41", "pri-ink": "#A9DFE5", "on-pri": "#05262B",
      h0: "#1A272A", h1: "#17424A", h2: "#1F6672", h3: "#3C98A4", h4: "#8AD5DD" },
  },
  slate: {
    light: { pri: "#3A4F66", "pri-hover": "#2A3B4E", "pri-soft": "#E2E8EF", "pri-ink": "#2A3B4E", "on-pri": "#FFFFFF",
      h0: "#F3F5F7", h1: "#DAE2EA", h2: "#B0BFCF", h3: "#7C93AB", h4: "#3A4F66" },
    dark: { pri: "#A9BFD6", "pri-hover": "#C3D4E6", "pri-soft": "#26374A", "pri-ink": "#CBD9E8", "on-pri": "#101C28",
      h0: "#1B2529", h1: "#293B4C", h2: "#3C556D", h3: "#7690AB", h4: "#B6C9DE" },
  },
  plum: {
    light: { pri: "#6A3A66", "pri-hover": "#52294E", "pri-soft": "#F1E5F0", "pri-ink": "#52294E", "on-pri": "#FFFFFF",
      h0: "#F8F4F7", h1: "#ECDBEA", h2: "#D3B1CF", h3: "#B183AC", h4: "#6A3A66" },
    dark: { pri: "#DBAED6", "pri-hover": "#E8C7E4", "pri-soft": "#40263D", "pri-ink": "#EACDE7", "on-pri": "#2A1027",
      h0: "#241F26", h1: "#432C41", h2: "#65415F", h3: "#AC7CA6", h4: "#E3BCDF" },
  },
  brown: {
    light: { pri: "#6B4A2E", "pri-hover": "#52371F", "pri-soft": "#F2E8DF", "pri-ink": "#52371F", "on-pri": "#FFFFFF",
      h0: "#F8F5F1", h1: "#ECDFD2", h2: "#D3B99F", h3: "#B18F6F", h4: "#6B4A2E" },
    dark: { pri: "#DDBB9A", "pri-hover": "#EACFB5", "pri-soft": "#41301F", "pri-ink": "#EBD3BC", "on-pri": "#291806",
      h0: "#25221D", h1: "#44352A", h2: "#684F39", h3: "#AF8D6C", h4: "#E4C8AB" },
  },
};

const fixed = {
  s1: "4px", s2: "8px", s3: "12px", s4: "16px", s5: "24px", s6: "32px", s7: "48px",
  r1: "6px", r2: "10px", r3: "14px",
  "f-xs": ".8125rem", "f-s": ".875rem", "f-t": ".9375rem", "f-m": "1rem", "f-l": "1.125rem",
  "f-xl": "1.375rem", "f-2xl": "1.75rem", "f-3xl": "2.25rem",
};

// [foreground, background, least contrast]
const pairs = [
  ...["ink", "ink-2", "ink-3", "pri", "red", "green", "amber", "blue", "violet"].flatMap((ink) =>
    ["bg", "surface"].map((ground) => [ink, ground, 4.5])),
  ["ink", "surface-2", 4.5], ["ink-2", "surface-2", 4.5], ["ink-3", "surface-2", 4.5],
  ...["red", "green", "amber", "blue", "violet", "grey"].flatMap((name) =>
    [[name, `${name}-soft`, 4.5], ["ink", `${name}-soft`, 4.5]]),
  ["ink-2", "red-soft", 4.5], ["ink-2", "green-soft", 4.5], ["ink-2", "amber-soft", 4.5],
  ["pri-ink", "pri-soft", 4.5], ["ink", "pri-soft", 4.5], ["ink-2", "pri-soft", 4.5],
  ["on-pri", "pri", 4.5], ["on-pri", "pri-hover", 4.5], ["on-red", "red", 4.5], ["on-night", "night", 4.5],
  ["ink", "h1", 4.5], ["ink-3", "h0", 4.5], ["on-h2", "h2", 4.5], ["on-h3", "h3", 4.5], ["on-pri", "h4", 4.5],
  ["line-strong", "surface", 3], ["line-strong", "bg", 3], ["focus", "bg", 3], ["focus", "surface", 3],
  ...["amber-mark", "green-mark", "red-mark", "blue-mark"].map((mark) => [mark, "surface", 3]),
];

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

export function weakPairs() {
  const weak = [];
  for (const [accent, themes] of Object.entries(accents)) {
    for (const [theme, base] of [["light", light], ["dark", dark]]) {
      const all = { ...base, ...themes[theme] };
      for (const [ink, ground, least] of pairs) {
        const found = contrast(all[ink], all[ground]);
        if (found < least) weak.push(`${accent} ${theme}: ${ink} on ${ground} ${found.toFixed(2)} < ${least}`);
      }
    }
  }
  return weak;
}

const declare = (set) => Object.entries(set).map(([name, value]) => `--${name}:${value};`).join("");

// The page follows the device; `data-theme` on html (terang, gelap) overrides, `data-accent` picks the hue.
export function tokenCss() {
  const css = [`:root{${declare(fixed)}}`];
  const themed = (accent, base, theme, marker) => {
    const set = declare({ ...base, ...accents[accent][theme] });
    const at = accent === "teal" ? "" : `[data-accent=${accent}]`;
    if (theme === "light") return `:root${at}{${set}color-scheme:light}`;
    return `${marker === "media" ? `@media screen and (prefers-color-scheme:dark){:root${at}:not([data-theme=terang])` : `@media screen{:root${at}[data-theme=gelap]`}{${set}color-scheme:dark}}`;
  };
  for (const accent of Object.keys(accents)) {
    const only = accent === "teal" ? [light, dark] : [{}, {}];
    css.push(themed(accent, only[0], "light"));
  }
  for (const accent of Object.keys(accents)) {
    const base = accent === "teal" ? dark : {};
    css.push(themed(accent, base, "dark", "media"), themed(accent, base, "dark", "chosen"));
  }
  return css.join("\n");
}
