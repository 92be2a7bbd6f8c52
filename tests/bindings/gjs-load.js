// Several sources become one dataset in GJS, with progress.
imports.gi.versions.Kennis = '1.0';
const { Gio, GLib, Kennis } = imports.gi;

const HR = 'employee id,team,email\ne1,a,ann@x.example\ne2,a,\n';
const LMS = 'person,topic,ended,hours\nann@x.example,python,2024-03-01,2\ne2,excel,2024-04-02,3\n';

const CALENDAR = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Retrospective', 'DTSTART:20240304T090000Z', 'DURATION:PT1H',
    'RRULE:FREQ=WEEKLY;COUNT=3', 'ORGANIZER:mailto:ann@x.example', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@x.example', 'END:VEVENT',
    'END:VCALENDAR', ''].join('\r\n');

function importOf(...texts) {
    const load = Kennis.Import.new(null);
    texts.forEach((text, i) => {
        const [file, stream] = Gio.File.new_tmp('kennis-XXXXXX.csv');
        stream.close(null);
        file.replace_contents(text, null, false, Gio.FileCreateFlags.NONE, null);
        load.add_file(file, `source ${i}`);
    });
    return load;
}

const tests = [
    ['several sources are one dataset, whatever their order', () => {
        const load = importOf(LMS, HR), told = [];
        const dataset = load.load(part => told.push(part), null);
        equal(dataset.count(Kennis.RecordType.ACTIVITY), 2);
        equal(dataset.count_seen(), 0);
        equal(told[told.length - 1], 1);
        equal(load.is_complete(), true);
        equal(load.get_mapping(1), 'people');
        equal(JSON.parse(load.to_json()).sources[0].rows.used, 2);
    }],
    ['a mapping of one source and an option of the reader are honoured', () => {
        const load = importOf('wie;klaar\ne1;03/04/2024\n', HR);
        load.get_reader().date_order = 'dmy';
        load.set_mapping(0, Kennis.Mapping.new(
            '[mapping]\nid=ours\n[match]\ncolumns=wie\n[record activity]\nperson={wie}\nended={klaar}\n', 'ours'));
        const dataset = load.load(null, null);
        equal(dataset.get_record(Kennis.RecordType.ACTIVITY, 0).ended, 1712102400000);
    }],
    ['a calendar becomes moments of the team of those who were there', () => {
        const load = importOf(CALENDAR, HR + 'e3,a,bob@x.example\n');
        load.get_reader().events_until = Date.UTC(2024, 2, 15);
        const dataset = load.load(null, null);
        equal(load.get_mapping(0), 'calendar');
        equal(load.get_n_rows_used(0), 1);
        equal(dataset.count(Kennis.RecordType.MOMENT), 4);
        const moments = [0, 1, 2, 3].map(i => dataset.get_record(Kennis.RecordType.MOMENT, i));
        equal(moments.filter(moment => moment.kind === Kennis.MomentKind.RETROSPECTIVE).length, 2);
        equal(moments[0].team, 'a');
        equal(moments[2].time, Date.UTC(2024, 2, 11, 9));
        equal(moments[0].attendees.join(), 'ann@x.example,bob@x.example');
    }],
    ['loading goes on in the background', () => {
        const load = importOf(LMS, HR), loop = GLib.MainLoop.new(null, false);
        let dataset = null;
        load.load_async(null, null, (source, result) => {
            dataset = source.load_finish(result);
            loop.quit();
        });
        loop.run();
        equal(dataset.count(Kennis.RecordType.PERSON), 2);
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
