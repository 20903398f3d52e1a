/** What the map is drawn with: the theme's own colours, and tiles where a source was set. */

import type { LayerSpecification, StyleSpecification } from "maplibre-gl";

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function style(tiles: string, credit: string): StyleSpecification {
  const ground: LayerSpecification = { id: "ground", type: "background", paint: { "background-color": colour("--ground-2") } };
  if (!tiles) return { version: 8, sources: {}, layers: [ground] };
  return {
    version: 8,
    sources: { tiles: { type: "raster", tiles: [tiles], tileSize: 256, attribution: credit } },
    layers: [ground, { id: "tiles", type: "raster", source: "tiles" }],
  };
}

export function layers(): LayerSpecification[] {
  const edge = { "circle-stroke-width": 2, "circle-stroke-color": colour("--ground") };
  return [
    {
      id: "clusters",
      type: "circle",
      source: "sites",
      filter: ["has", "point_count"],
      paint: {
        ...edge,
        "circle-color": colour("--accent"),
        "circle-opacity": 0.75,
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "point_count"]], 1, 8, 30, 34],
      },
    },
    {
      id: "sites",
      type: "circle",
      source: "sites",
      filter: ["!", ["has", "point_count"]],
      // Where something is open the point is larger, too: colour is never the only sign.
      paint: {
        ...edge,
        "circle-color": ["case", [">", ["get", "open"], 0], colour("--waiting"), colour("--accent")],
        "circle-radius": ["case", [">", ["get", "open"], 0], 8, 5],
      },
    },
  ];
}
