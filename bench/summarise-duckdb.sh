# The peer of bench/summarise: DuckDB groups the same columns, in memory.  It is put into the build folder, from PyPI.
#   sh bench/summarise-duckdb.sh FOLDER-OF-COLUMNS BUILD-FOLDER
# Prints the median seconds, those of the processors, and the number of groups.
set -e
venv=$2/bench/venv
if ! test -x "$venv/bin/python"; then
  echo "== installing DuckDB and numpy into $venv" >&2
  mkdir -p "$2/bench"
  python3 -m venv "$venv" >&2
fi
"$venv/bin/python" -c 'import duckdb, numpy' 2>/dev/null ||
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb numpy >&2
exec "$venv/bin/python" - "$1" <<'PYTHON'
import sys, time, duckdb, numpy
read = lambda name, kind: numpy.fromfile(f'{sys.argv[1]}/{name}', dtype=kind)
cost = read('cost', '<i8')
columns = {
    'person': read('person', '<i4'),
    'ended': read('ended', '<i8').astype('datetime64[ms]'),
    'form': read('form', 'i1'),
    'hours': read('duration', '<i8') / 3600000,
    'cost': numpy.where(cost == numpy.iinfo('i8').min, numpy.nan, cost / 10000),
}
base = duckdb.connect(':memory:', config={'threads': 2})
base.register('columns', columns)
# A table of its own, typed as one would; month and unknown cost are ready, so that only the grouping is timed.
base.execute('''create table activities as select person, cast(date_trunc('month', ended) as date) as month, form, hours,
                case when isnan(cost) then null else cost end as cost from columns''')
query = 'select person, month, form, count(*), sum(hours), sum(cost) from activities group by person, month, form'
seconds, processor = [], []
for _ in range(5):
    begun, used = time.perf_counter(), time.process_time()
    base.execute(f'create or replace temp table result as {query}')
    seconds.append(time.perf_counter() - begun)
    processor.append(time.process_time() - used)
n = base.execute('select count(*) from result').fetchone()[0]
print(sorted(seconds)[2], sorted(processor)[2], n)
PYTHON
