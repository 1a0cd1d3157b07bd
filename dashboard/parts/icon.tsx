// Owns: the icons, drawn on a grid of 16 with one stroke width. Decoration only: words say the same.

/** Path data per name. */
const paths = {
  activity: "M1.5 8.5h3l2-5 3 9 2-4h3",
  alert: "M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1",
  archive: "M2 3h12v3H2zM3 6v7.5h10V6M6.5 8.8h3",
  arrowLeft: "M9.5 3.5 5 8l4.5 4.5",
  arrowRight: "M6.5 3.5 11 8l-4.5 4.5",
  attach:
    "M13 7.5 7.8 12.7a3 3 0 0 1-4.3-4.3l5.6-5.6a2 2 0 0 1 2.9 2.9L6.6 11.1a1 1 0 0 1-1.4-1.4l4.7-4.7",
  bell: "M8 2a4 4 0 0 0-4 4v3l-1.5 2.5h11L12 9V6a4 4 0 0 0-4-4M6.5 13.5h3",
  board: "M2 2.5h3.5v11H2zM6.3 2.5h3.4v7.5H6.3zM10.5 2.5H14v9h-3.5z",
  bolt: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z",
  check: "M3 8.5 6.5 12 13 4.5",
  chevronDown: "M4 6.5 8 10.5 12 6.5",
  chevronUp: "M4 9.5 8 5.5 12 9.5",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M8 5v3.2l2.2 1.5",
  close: "M4 4l8 8M12 4l-8 8",
  comment: "M2.5 3h11v8H7l-3 2.5V11H2.5z",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  cost: "M8 1.5v13M11.5 4.5C10 3 5 3 5 5.5S11 7.5 11 10.5 6 13 4.5 11.5",
  download: "M8 2.5v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  edit: "M3 13l.7-3L10.8 2.9l2.3 2.3L6 12.3z",
  external: "M9 2.5h4.5V7M13.5 2.5 8 8M6.5 3.5h-4v10h10v-4",
  filter: "M2 3.5h12L9.5 8.8v4.2l-3-1.5V8.8z",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  graph:
    "M3.5 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 1 0 0-3M12.5 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 1 0 0-3M8 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 1 0 0-3M4.2 5.3 7.2 10.7M11.8 5.3 8.8 10.7",
  help:
    "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M6.2 6.4a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.2v.1",
  lanes: "M2 3h12v2.5H2zM2 7h8v2.5H2zM2 11h10v2.5H2z",
  link:
    "M6.5 9.5l3-3M7 4.7 8.8 2.9a2.8 2.8 0 0 1 4 4L11 8.9M9 11.3l-1.8 1.8a2.8 2.8 0 0 1-4-4L5 7.1",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
  minus: "M3 8h10",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  people:
    "M6 3a2.2 2.2 0 1 0 0 4.4A2.2 2.2 0 1 0 6 3M2 13c0-2.5 1.6-4 4-4s4 1.5 4 4M10.5 3.3a2.2 2.2 0 0 1 0 4M11.5 9.3c1.6.4 2.5 1.8 2.5 3.7",
  play: "M5 3l8 5-8 5z",
  plus: "M8 3v10M3 8h10",
  refresh: "M13.5 3v3.5H10M13 6.5A5.5 5.5 0 1 0 13.5 9",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.5 10.5l3.5 3.5",
  settings: "M2 4.5h5M10 4.5h4M8.5 3v3M2 11.5h3M8 11.5h6M6.5 10v3",
  sparkle: "M8 2l1.4 4.6L14 8l-4.6 1.4L8 14l-1.4-4.6L2 8l4.6-1.4z",
  split: "M8 14V9.5L3.5 5M8 9.5 12.5 5M3.5 8V5H6.5M9.5 5h3v3",
  stop: "M4 4h8v8H4z",
  sun:
    "M8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9",
  timeline: "M2 3.5h7M5 8h8M3 12.5h5",
  trash: "M3 4.5h10M6 4.5V2.5h4v2M4.2 4.5l.6 9h6.4l.6-9",
  undo: "M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6",
  usage: "M2.5 13.5v-5M6.2 13.5v-9M9.8 13.5v-6M13.5 13.5v-11",
  waiting: "M4 2h8M4 14h8M5 2v2.5L8 8l3-3.5V2M5 14v-2.5L8 8l3 3.5V14",
} as const;

export type IconName = keyof typeof paths;

/** An icon in the colour of its text; `size` in px. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
