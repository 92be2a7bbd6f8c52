schemadir = $(datadir)/kennis-1.0/schema
dist_schema_DATA = data/schema/kennis-1.rng
