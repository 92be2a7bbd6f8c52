// Records go in and out from GJS.
imports.gi.versions.Kennis = '1.0';
const { GLib, Kennis } = imports.gi;

const tests = [
    ['a record keeps its fields', () => {
        const dataset = Kennis.Dataset.new('Europe/Amsterdam', 'EUR');
        dataset.add(new Kennis.Team({ id: 't1' }));
        dataset.add(new Kennis.Person({ id: 'anna', team: 't1', fte: 0.8, attributes: ['gender=f'] }));
        const anna = dataset.lookup(Kennis.RecordType.PERSON, 'anna');
        equal(anna.team, 't1');
        equal(anna.fte, 0.8);
        equal(anna.attributes[0], 'gender=f');
        equal(dataset.list(Kennis.RecordType.PERSON).get_n_items(), 1);
    }],
    ['an unknown person is an error with domain and code', () => {
        const dataset = Kennis.Dataset.new(null, null);
        try {
            dataset.add(new Kennis.Activity({ person: 'zoe', ended: 1704096000000 }));
        } catch (e) {
            if (!e.matches(Kennis.error_quark(), Kennis.Error.UNKNOWN_REFERENCE))
                throw e;
            if (!e.message.includes('zoe'))
                throw new Error(`does not name zoe: ${e.message}`);
            return;
        }
        throw new Error('an unknown person was taken');
    }],
    ['a column is bytes', () => {
        const dataset = Kennis.Dataset.new(null, null);
        dataset.accept_seen = true;
        for (let i = 0; i < 100; i++)
            dataset.add(new Kennis.Activity({ person: 'zoe', ended: 1704096000000 + i }));
        const bytes = dataset.get_column(Kennis.RecordType.ACTIVITY, 'ended').toArray();
        equal(Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(99 * 8, true)), 1704096000099);
        equal(dataset.count_seen(), 1);
    }],
];

function equal(got, wanted) {
    if (got !== wanted)
        throw new Error(`${got} is not ${wanted}`);
}

print(`1..${tests.length}`);
let failed = 0;
tests.forEach(([name, test], i) => {
    try {
        test();
        print(`ok ${i + 1} - ${name}`);
    } catch (e) {
        failed++;
        print(`not ok ${i + 1} - ${name}\n# ${e}\n# ${e.stack.trim().replaceAll('\n', '\n# ')}`);
    }
});
imports.system.exit(failed > 0 ? 1 : 0);
