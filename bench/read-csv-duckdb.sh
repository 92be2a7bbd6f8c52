# The peer of bench/read-csv: DuckDB reads and groups the same file.  It is put into the build folder, as for bench/summarise.
#   sh bench/read-csv-duckdb.sh FILE BUILD-FOLDER
# Prints the median seconds of the query, and those of the processors.
set -e
venv=$2/bench/venv
if ! test -x "$venv/bin/python"; then
  echo "== installing DuckDB into $venv" >&2
  mkdir -p "$2/bench"
  python3 -m venv "$venv" >&2
fi
"$venv/bin/python" -c 'import duckdb' 2>/dev/null ||
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb >&2
exec "$venv/bin/python" - "$1" <<'PYTHON'
import sys, time, duckdb
base = duckdb.connect(':memory:', config={'threads': 2})
query = f"select person, count(*), sum(hours), sum(cost) from read_csv('{sys.argv[1]}') group by person"
seconds, processor = [], []
for _ in range(3):
    begun, used = time.perf_counter(), time.process_time()
    base.execute(query).fetchall()
    seconds.append(time.perf_counter() - begun)
    processor.append(time.process_time() - used)
print(sorted(seconds)[1], sorted(processor)[1])
PYTHON
