# The peer of bench/read-xapi: DuckDB takes the same from the same file, on two threads.
#   sh bench/read-xapi-duckdb.sh FILE
# npm's @duckdb/node-api must be in $KENNIS_DUCKDB/node_modules.  For each line that it is given it tells: 0, 1, 2 the seconds of a query (the
# fields that the reader takes; those with distinct ids; persons, verbs and durations alone), 3 what was found, as bench/read-xapi.c reads it.
test -d "${KENNIS_DUCKDB:-.}/node_modules/@duckdb/node-api" || exit 1
file=$(readlink -f "$1")
script=$(cat <<'NODE'
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
// What is wanted is said beforehand, so that nothing is found out from the file and nothing else is taken from it: the fields that
// data/mappings/xapi and the reader take of such a statement.  Names, platforms and completion, which both leave, are not there.
const from = `
  from read_json('${process.argv[1]}', format = 'newline_delimited', columns = {
    id: 'VARCHAR', actor: 'STRUCT(mbox VARCHAR)', verb: 'STRUCT(id VARCHAR)',
    object: 'STRUCT(id VARCHAR, definition STRUCT(type VARCHAR))', result: 'STRUCT(duration VARCHAR)',
    context: 'STRUCT(registration VARCHAR)', timestamp: 'TIMESTAMP' })`;
const narrow = `
  select verb.id as verb, count(*) as n, count(distinct actor.mbox) as people,
         sum(coalesce(try_cast(regexp_extract(result.duration, '(\\d+)M', 1) as double), 0)
             + coalesce(try_cast(regexp_extract(result.duration, '([0-9.]+)S', 1) as double), 0) / 60) as minutes`;
// A column that no query uses is not read at all: the cheapest use there is of each.
const rest = `, max(object.id), max(object.definition.type), max(context.registration), min(timestamp), max(timestamp)`;
const queries = [`${narrow}${rest}, max(id) ${from} group by verb.id`,
                 `${narrow}${rest}, count(distinct id) ${from} group by verb.id`,
                 `${narrow} ${from} group by verb.id`];
// Of the statements of an attempt the last one, "terminated", has the longest duration: the attempt's.
const found = `
  with verbs as (${narrow}, count(distinct id) as ids, count(distinct object.id) as activities,
                 count(distinct object.definition.type) as types, count(distinct context.registration) as registrations,
                 epoch_ms(max(timestamp)) as last ${from} group by verb.id)
  select sum(n), sum(ids), max(people), max(activities), max(types), max(registrations),
         max(n) filter (verb like '%/completed'), max(minutes) filter (verb like '%/terminated'),
         max(last) from verbs`;
for await (const line of createInterface({ input: process.stdin })) {
  if (line === '3') {
    console.log((await connection.runAndReadAll(found)).getRows()[0].map(Number).join(' '));
    continue;
  }
  const begun = process.hrtime.bigint();
  const rows = (await connection.runAndReadAll(queries[Number(line)])).getRows();
  if (rows.length !== 4) throw new Error('not four verbs');
  console.log(Number(process.hrtime.bigint() - begun) / 1e9);
}
NODE
)
cd "$KENNIS_DUCKDB" && exec node --input-type=module -e "$script" -- "$file"
