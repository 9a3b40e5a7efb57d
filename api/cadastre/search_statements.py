"""The statements of the search: the ids of the parcels in force that answer, and what is shown of them."""

from sqlalchemy import TextClause, text

_COLUMNS = """
    p.id, p.key, p.renovation_code, p.registration_plate, p.address, p.area_m2,
    (SELECT d.code FROM cadastre.district d
     WHERE ST_Intersects(d.geom, c.inside)
       AND d.valid_from <= :on AND (d.valid_to IS NULL OR d.valid_to > :on)
     ORDER BY d.code LIMIT 1) AS district,
    ST_X(c.point) AS lon, ST_Y(c.point) AS lat,
    ARRAY[ST_XMin(c.box), ST_YMin(c.box), ST_XMax(c.box), ST_YMax(c.box)] AS bbox
"""
# OFFSET 0: worked out once a row, not again for each column that is made of it.
_PLACE = """
    CROSS JOIN LATERAL (
        SELECT s.inside, ST_Transform(s.inside, 4326) AS point, Box2D(ST_Transform(p.geom, 4326)) AS box
        FROM (SELECT ST_PointOnSurface(p.geom) AS inside OFFSET 0) s OFFSET 0
    ) c
"""
_IN_FORCE = "p.valid_from <= :on AND (p.valid_to IS NULL OR p.valid_to > :on)"


# Apart from the looking, so that a reading of the question that finds nothing costs the look alone.
SHOWN = text(f"""
    SELECT {_COLUMNS}, p.attributes -> '@addresses' AS addresses
    FROM unnest(CAST(:ids AS bigint[])) AS page (id) JOIN cadastre.parcel p USING (id) {_PLACE}
""")  # noqa: S608 -- only constants


def _matching(condition: str, place: str = "0", words: str = "0") -> TextClause:
    """Ids by an index on what is asked, ordered by a place and then by id; `words`: of how many the address
    is. `p.id + 0` keeps the planner from walking the whole table by id."""
    return text(f"""
        SELECT p.id, {place} AS place, {words} AS words FROM cadastre.parcel p
        WHERE {condition} AND {_IN_FORCE} AND ({place}, p.id + 0) > (:place, :after)
        ORDER BY place, p.id + 0 LIMIT :limit
    """)  # noqa: S608


BY_KEY = _matching("p.key = ANY(:keys)")
BY_CODE = _matching("p.renovation_code = ANY(:codes)")
BY_CODE_PREFIX = _matching("p.renovation_code ~>=~ :low AND p.renovation_code ~<~ :high")
BY_NODE = _matching("p.key IN (SELECT n.parcel_key FROM cadastre.node n WHERE n.code = ANY(:codes))")
BY_PLATE = _matching("p.plate_main = :main AND (CAST(:sub AS integer) IS NULL OR p.plate_sub = :sub)")
# Both readings of two numbers that do not say which is which; the reverse one is place 1.
BY_PLATE_EITHER_WAY = _matching(
    "(p.plate_main, p.plate_sub) IN ((:main, :sub), (:sub, :main))",
    place="CASE WHEN p.plate_main = :main THEN 0 ELSE 1 END",
)
# A word that a tenth of the city carries tells little and costs the index a long list: such words are looked
# for in the rows that the telling ones leave. `|| ''` keeps the index out of that.
BY_WORDS = _matching(
    "p.search @@ CAST(:telling AS tsquery) AND (p.search || '') @@ CAST(:query AS tsquery)",
    place="CASE WHEN :ranked THEN length(p.search) ELSE 0 END",
    words="length(p.search)",
)
# Frequent words are found soon by walking from row to row, and only so far; OFFSET 0 keeps the walk a walk.
BY_FREQUENT_WORDS = text(f"""
    SELECT w.id, 0 AS place, length(w.search) AS words FROM (
        SELECT p.id, p.search FROM cadastre.parcel p
        WHERE {_IN_FORCE} AND p.id > :after AND p.id <= :last ORDER BY p.id OFFSET 0
    ) w WHERE w.search @@ CAST(:query AS tsquery) LIMIT :limit
""")  # noqa: S608

# Parcels that hold the point come first (distance 0), the nearest after them; both by the index. A point
# far from the
# city is never projected: the frame cannot carry it.
NEAR = text(f"""
    WITH asked AS MATERIALIZED (
        SELECT ST_SetSRID(ST_MakePoint(:lon, :lat), 4326) AS point
    ), here AS MATERIALIZED (
        SELECT CASE WHEN ST_DWithin(city.bounds, asked.point, :far) THEN ST_Transform(asked.point,
        city.srid) END
               AS point
        FROM cadastre.city CROSS JOIN asked
    )
    SELECT {_COLUMNS}, nearest.distance, ST_Covers(p.geom, here.point) AS contains
    FROM here CROSS JOIN LATERAL (
        SELECT p.id, p.geom <-> here.point AS distance FROM cadastre.parcel p
        WHERE {_IN_FORCE} AND p.geom && ST_Expand(here.point, :reach)
        ORDER BY p.geom <-> here.point LIMIT :limit
    ) nearest JOIN cadastre.parcel p USING (id) {_PLACE}
    WHERE nearest.distance <= :reach
    ORDER BY ST_Covers(p.geom, here.point) DESC, nearest.distance, p.id
""")  # noqa: S608 -- only constants


# One misspelt word against the vocabulary: words that share enough of their trigrams, the common ones first.
SPELLINGS = text("""
    SELECT w.word, w.place, t.token
    FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS w (word, place)
    CROSS JOIN LATERAL (
        SELECT t.token, similarity(t.token, w.word) AS likeness, t.n FROM cadastre.token t
        WHERE t.token % w.word ORDER BY likeness DESC, t.n DESC, t.token LIMIT 3
    ) t
    WHERE NOT EXISTS (SELECT FROM cadastre.token k WHERE k.token = w.word)
    ORDER BY w.place, t.likeness DESC, t.n DESC, t.token
""")


# One row where no word is asked. A word of other addresses is counted with them, so that one of every parcel
# has more than all of them. reltuples is the planner's own count: near enough, no row is read.
SHARES = text("""
    SELECT w.word, least(greatest(coalesce(t.n, 0), 1) / greatest(c.reltuples, 1), 1) AS share,
           greatest(c.reltuples, 1) AS parcels, (SELECT min(id) FROM cadastre.parcel) AS first
    FROM pg_class c LEFT JOIN unnest(CAST(:words AS text[])) AS w (word) ON true
    LEFT JOIN cadastre.token t ON t.token = w.word
    WHERE c.oid = 'cadastre.parcel'::regclass
""")
