// SPDX-License-Identifier: GPL-3.0-or-later
/** Icons as strokes on a 24-pixel square. */
import { s } from "./dom.js";

const PATHS = {
  overview: "M4 13h4l2-7 4 13 2.5-6H20",
  alerts: "M12 4 2.8 19.500h18.400zM12 10v4.500M12 17.200v.1",
  clients: "M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.900a3.3 3.3 0 0 1 0 6.300M18 14.600a6 6 0 0 1 3.5 5.4",
  endpoints: "M4 20V11M9.3 20V5M14.7 20v-6M20 20V8",
  models: "M12 3 4 7.500v9L12 21l8-4.500v-9zM4 7.500l8 4.5 8-4.500M12 12v9",
  topology: "M4 9h5v6H4zM15 3.500h5v5h-5zM15 15.500h5v5h-5zM9 12h3M15 6h-3v12h3",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4",
  moon: "M20 14.200A8.3 8.3 0 1 1 9.8 4a6.6 6.6 0 0 0 10.2 10.200z",
  help: "M9 9a3 3 0 1 1 4.6 2.500c-1 .7-1.6 1.3-1.6 2.500M12 17.300v.1",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20.5 20.5",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.5 5.5 8 12l6.5 6.5",
  good: "M5 12.500l4.5 4.500L19 7.5",
  critical: "M8 2.800h8L21.2 8v8L16 21.200H8L2.8 16V8zM12 7.500v5.500M12 16.300v.1",
  high: "M12 3.5 2.5 20h19zM12 9.500v5M12 17.200v.1",
  medium: "M12 3l9 9-9 9-9-9zM12 8v5M12 15.800v.1",
  out: "M13 5h6v6M19 5l-8.5 8.500M10 5.500H5.500v13h13V14",
};

/** An icon; said nothing of, so what it stands for has to stand beside it. */
export function icon(name) {
  return s("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true", focusable: "false" },
    s("path", { d: PATHS[name] ?? PATHS.help }));
}
