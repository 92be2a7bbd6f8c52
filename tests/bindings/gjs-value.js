// Returns on value are worked out from GJS.
imports.gi.versions.Kennis = '1.0';
const { GLib, Gio, Kennis } = imports.gi;

function course() {
    const model = new Kennis.ValueModel({ currency: 'EUR', horizon: 12 });
    model.add_programme('course', 'A course');
    model.add_benefit('course', 'time', null, Kennis.BenefitKind.PRODUCTIVITY, Kennis.BenefitMethod.AMOUNT);
    const inputs = { amount: 'normal(80,30)', transfer: '1', isolation: '1', 'fixed-cost': '70' };
    for (const path in inputs)
        model.set_input_text(path, inputs[path], Kennis.Evidence.ESTIMATED, null);
    return model;
}

const tests = [
    ['figures have a status', () => {
        const result = Kennis.Return.new(course());
        const [status, value] = result.get_figure(null, Kennis.Figure.NET);
        equal(status, Kennis.FigureStatus.OK);
        equal(Math.round(value), 10);
        equal(result.get_figure(null, Kennis.Figure.NPV)[0], Kennis.FigureStatus.NO_DATA);
    }],
    ['draws are one block of bytes', () => {
        const result = Kennis.Return.simulate(course(), 5000, 1, Kennis.Sampling.PLAIN, 0, 2, null, null);
        equal(result.get_draws().get_size(), 40000);
    }],
    ['ratios and programmes are drawn', () => {
        const model = course();
        model.add_programme('other', 'Another');
        model.set_input_text('other/fixed-cost', 'uniform(1,2)', Kennis.Evidence.ASSUMED, null);
        model.set_input_text('other/hazard', '0', Kennis.Evidence.ASSUMED, null);
        const result = Kennis.Return.simulate(model, 5000, 1, Kennis.Sampling.PLAIN, 0, 2, null, null);
        const [mean, error] = result.get_mean(Kennis.Figure.BCR);
        equal(mean > 1 && mean < 1.2 && error > 0, true);
        equal(result.get_programme('course').get_draws().get_size(), 40000);
        equal(result.get_probability_best('course')[0] > 0.5, true);
    }],
    ['work goes on elsewhere and tells how far it is', () => {
        const loop = new GLib.MainLoop(null, false);
        const told = [];
        let result = null;
        Kennis.Return.simulate_async(course(), 3000000, 1, Kennis.Sampling.PLAIN, 0, 2, f => told.push(f), null, (_o, r) => {
            result = Kennis.Return.simulate_finish(r);
            loop.quit();
        });
        loop.run();
        equal(result.get_n_draws(), 3000000);
        equal(result.get_draws().get_size(), 24000000);
        if (told.length === 0)
            throw new Error('nothing was told');
    }],
    ['work can be cancelled', () => {
        const loop = new GLib.MainLoop(null, false);
        const cancellable = new Gio.Cancellable();
        let cancelled = false;
        Kennis.Return.simulate_async(course(), 1e11, 1, Kennis.Sampling.PLAIN, 0, 2, null, cancellable, (_o, r) => {
            try {
                Kennis.Return.simulate_finish(r);
            } catch (e) {
                cancelled = e.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED);
            }
            loop.quit();
        });
        GLib.timeout_add(GLib.PRIORITY_DEFAULT, 20, () => {
            cancellable.cancel();
            return GLib.SOURCE_REMOVE;
        });
        loop.run();
        equal(cancelled, true);
    }],
    ['progress can cancel what it tells of', () => {
        const loop = new GLib.MainLoop(null, false);
        const cancellable = new Gio.Cancellable();
        const told = [];
        let cancelled = false;
        const tell = fraction => {
            if (told.push(fraction) === 2)
                cancellable.cancel();
        };
        Kennis.Return.simulate_async(course(), 200000000, 1, Kennis.Sampling.PLAIN, 0, 2, tell, cancellable, (_o, r) => {
            try {
                Kennis.Return.simulate_finish(r);
            } catch (e) {
                cancelled = e.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED);
            }
            loop.quit();
        });
        loop.run();
        equal(cancelled, true);
        equal(told.length >= 2 && told.every(fraction => fraction < 0.9), true);
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
