# The peer of bench/read-xapi: DuckDB extracts the same from the same file, on two threads.
#   sh bench/read-xapi-duckdb.sh FILE
# npm's @duckdb/node-api must be in $KENNIS_DUCKDB/node_modules.  Prints the median seconds of the query.
test -d "${KENNIS_DUCKDB:-.}/node_modules/@duckdb/node-api" || exit 1
file=$(readlink -f "$1")
cd "$KENNIS_DUCKDB" && exec node --input-type=module - "$file" <<'NODE'
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
// What is wanted is said beforehand, so that nothing is found out from the file and nothing else is taken from it.
const query = `
  select verb.id as verb, count(*) as n, count(distinct actor.mbox) as people,
         sum(coalesce(try_cast(regexp_extract(result.duration, '(\\d+)M', 1) as double), 0)
             + coalesce(try_cast(regexp_extract(result.duration, '([0-9.]+)S', 1) as double), 0) / 60) as minutes
  from read_json('${process.argv[2]}', format = 'newline_delimited', columns = {
    actor: 'STRUCT(mbox VARCHAR)', verb: 'STRUCT(id VARCHAR)', object: 'STRUCT(id VARCHAR)',
    result: 'STRUCT(duration VARCHAR)', timestamp: 'TIMESTAMP' })
  group by verb.id`;
const seconds = [];
for (let i = 0; i < 5; i++) {
  const begun = process.hrtime.bigint();
  const rows = (await connection.runAndReadAll(query)).getRows();
  seconds.push(Number(process.hrtime.bigint() - begun) / 1e9);
  if (rows.length !== 4) throw new Error('not four verbs');
}
console.log(seconds.sort((a, b) => a - b)[2]);
NODE
