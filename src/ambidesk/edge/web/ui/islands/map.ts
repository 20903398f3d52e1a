/**
 * The map of sites: points in clusters, on the tiles of a source that the desk was given, or on a
 * plain ground. The list beneath says the same to whoever does not see it.
 */

/// <reference types="vite/client" />
import "maplibre-gl/dist/maplibre-gl.css";
import type { FeatureCollection } from "geojson";
import { AttributionControl, type GeoJSONSource, LngLatBounds, Map, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { layers, style } from "./map/style";

type Told = [id: number, x: number, y: number, name: string, open: number];

interface Seed {
  points: string;
  tiles: string;
  credit: string;
  chosen: number;
  words: Record<"open" | "in" | "out", string>;
}

// The policy lets workers come from our own address only, never from a blob.
setWorkerUrl(workerUrl);

const place = document.getElementById("map");
const seed = JSON.parse(document.getElementById("map-seed")?.textContent ?? "null") as Seed | null;

function features(told: Told[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: told.map(([id, x, y, name, open]) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [x, y] },
      properties: { id, name, open },
    })),
  };
}

function bubble(id: number, name: string, open: number): HTMLElement {
  const link = document.createElement("a");
  link.href = `/sites/${id}`;
  link.textContent = name;
  const box = document.createElement("div");
  box.className = "map-bubble";
  box.append(link);
  if (open) box.append(Object.assign(document.createElement("span"), { className: "quiet", textContent: `${seed?.words.open ?? ""}: ${open}` }));
  return box;
}

function tell(map: Map, at: [number, number], id: number, name: string, open: number): void {
  new Popup({ closeButton: false, maxWidth: "280px" }).setLngLat(at).setDOMContent(bubble(id, name, open)).addTo(map);
}

function watch(map: Map): void {
  map.on("click", "sites", (event) => {
    const found = event.features?.[0];
    if (found?.geometry.type !== "Point") return;
    const { id, name, open } = found.properties as { id: number; name: string; open: number };
    tell(map, found.geometry.coordinates as [number, number], id, name, open);
  });
  map.on("click", "clusters", (event) => {
    const found = event.features?.[0];
    if (found?.geometry.type !== "Point") return;
    const center = found.geometry.coordinates as [number, number];
    const source = map.getSource<GeoJSONSource>("sites");
    void source?.getClusterExpansionZoom(Number(found.properties["cluster_id"])).then((zoom) => map.easeTo({ center, zoom }));
  });
  for (const layer of ["sites", "clusters"]) {
    map.on("mouseenter", layer, () => map.getCanvas().style.setProperty("cursor", "pointer"));
    map.on("mouseleave", layer, () => map.getCanvas().style.removeProperty("cursor"));
  }
}

async function show(where: HTMLElement, given: Seed): Promise<void> {
  const answer = await fetch(given.points, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const told = ((await answer.json()) as { points: Told[] }).points;
  const bounds = told.reduce((all, [, x, y]) => all.extend([x, y]), new LngLatBounds());
  const chosen = told.find(([id]) => id === given.chosen);
  const map = new Map({
    container: where,
    style: style(given.tiles, given.credit),
    bounds,
    fitBoundsOptions: { padding: 48, maxZoom: 14 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "NavigationControl.ZoomIn": given.words.in, "NavigationControl.ZoomOut": given.words.out },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  if (given.credit) map.addControl(new AttributionControl({ compact: false }));
  map.on("load", () => {
    map.addSource("sites", { type: "geojson", data: features(told), cluster: true, clusterRadius: 36, clusterMaxZoom: 13 });
    for (const layer of layers()) map.addLayer(layer);
    watch(map);
    if (chosen) {
      map.jumpTo({ center: [chosen[1], chosen[2]], zoom: 15 });
      tell(map, [chosen[1], chosen[2]], chosen[0], chosen[3], chosen[4]);
    }
    where.dataset.points = String(told.length);
  });
  const repaint = (): void => {
    map.setStyle(style(given.tiles, given.credit), {
      transformStyle: (before, after) => ({
        ...after,
        sources: { ...after.sources, ...(before?.sources["sites"] ? { sites: before.sources["sites"] } : {}) },
        layers: [...after.layers, ...layers()],
      }),
    });
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** Where nothing can be drawn, the list says it all. */
function giveUp(where: HTMLElement): void {
  where.hidden = true;
  document.querySelector<HTMLDetailsElement>(".map-list")?.setAttribute("open", "");
}

if (place && seed) show(place, seed).catch(() => giveUp(place));
