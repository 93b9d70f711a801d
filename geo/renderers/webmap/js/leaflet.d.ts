/* What the page's scripts add to Leaflet: options of their own, and events that say what is selected and sketched. */

import "leaflet";

declare module "leaflet" {
  interface MapOptions {
    minZoomOfPage?: number;
  }
  interface MarkerOptions {
    label?: string;
    corner?: number;
  }
  interface Evented {
    on(type: "zoneselect", fn: (event: { index: number }) => void): this;
    on(type: "sketchchange", fn: (event: { corners: [number, number][] }) => void): this;
    on(type: "zonesnumbered", fn: (event: { numbered: number[] }) => void): this;
  }
  namespace DomEvent {
    function off(element: Element, types: string): typeof DomEvent;
  }
  namespace DomUtil {
    function setPosition(element: SVGElement, position: Point): void;
  }
}
