"""Returns on value are worked out from Debian's python."""
import array
import os
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402


def course():
    model = Kennis.ValueModel(currency="EUR", horizon=12)
    model.add_programme("course", "A course")
    model.add_benefit("course", "time", None, Kennis.BenefitKind.PRODUCTIVITY, Kennis.BenefitMethod.AMOUNT)
    for path, text in {"amount": "normal(80,30)", "transfer": "1", "isolation": "1", "fixed-cost": "70"}.items():
        model.set_input_text(path, text, Kennis.Evidence.ESTIMATED, None)
    return model


def a_quantity_is_read_and_told():
    quantity = Kennis.Quantity.parse("pert(1,2,4)")
    assert quantity.to_text() == "pert(1,2,4)"
    assert abs(quantity.get_mean() - 13 / 6) < 1e-12
    try:
        Kennis.Quantity.parse("pert(4,2,1)")
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID)
        assert "pert(least,likely,most)" in error.message, error.message
    else:
        raise AssertionError("a wrong quantity was taken")


def figures_have_a_status():
    result = Kennis.Return.new(course())
    status, value = result.get_figure(None, Kennis.Figure.NET)
    assert status == Kennis.FigureStatus.OK and abs(value - 10) < 1e-9
    status, value = result.get_figure(None, Kennis.Figure.NPV)
    assert status == Kennis.FigureStatus.NO_DATA and value != value


def draws_are_one_block_of_bytes():
    result = Kennis.Return.simulate(course(), 5000, 1, Kennis.Sampling.PLAIN, 0, 2, None, None, None)
    draws = array.array("d", result.get_draws().get_data())
    assert len(draws) == 5000
    mean, error = result.get_mean(Kennis.Figure.NET_AFTER_TAX)
    assert abs(sum(draws) / 5000 - mean) < 1e-9 and 0 < error < 1


def ratios_and_programmes_are_drawn():
    model = course()
    model.add_programme("other", "Another")
    model.set_input_text("other/fixed-cost", "uniform(1,2)", Kennis.Evidence.ASSUMED, None)
    result = Kennis.Return.new(model)
    assert result.get_figure(None, Kennis.Figure.BCR)[0] == Kennis.FigureStatus.NO_DATA
    assert result.list_missing(None, Kennis.Figure.BCR) == ["other/BENEFIT/amount", "other/hazard"]
    assert result.list_break_evens("course/amount") == [] and result.get_programme("course").list_break_evens("amount") == [70.0]
    model.set_input_text("other/hazard", "0", Kennis.Evidence.ASSUMED, None)
    result = Kennis.Return.simulate(model, 5000, 1, Kennis.Sampling.PLAIN, 0, 2, None, None, None)
    mean, error = result.get_mean(Kennis.Figure.BCR)
    assert 1 < mean < 1.2 and 0 < error < 0.02
    roi, _error = result.get_percentile(Kennis.Figure.ROI, 0.5)
    bcr, _error = result.get_percentile(Kennis.Figure.BCR, 0.5)
    assert abs(roi - 100 * (bcr - 1)) < 1e-9
    over, error = result.get_probability_over(Kennis.Figure.BCR, 1)
    assert 0.5 < over < 0.7 and 0 < error < 0.01
    part = result.get_programme("course")
    assert part.list_programmes() == ["course"] and result.get_name("other") == "Another"
    assert len(part.get_draws().get_data()) == 40000
    best = [result.get_probability_best(name)[0] for name in result.list_programmes()]
    assert abs(sum(best) - 1) < 1e-12 and best[0] > best[1]
    report = Kennis.value_report_render(result, Kennis.ReportFormat.TEXT, "nl", 1000).get_data().decode()
    assert "EUR\u00a01.000" in report


def work_goes_on_elsewhere_and_tells_how_far_it_is():
    loop, told, ended = GLib.MainLoop(), [], []

    def done(_source, result):
        ended.append(Kennis.Return.simulate_finish(result))
        loop.quit()

    Kennis.Return.simulate_async(course(), 3000000, 1, Kennis.Sampling.PLAIN, 0, 2,
                                 progress=lambda fraction, *_: told.append(fraction), callback=done)
    loop.run()
    assert ended[0].get_n_draws() == 3000000
    assert len(memoryview(ended[0].get_draws().get_data()).cast("d")) == 3000000
    assert told and told == sorted(told), told


def work_can_be_cancelled():
    loop, cancellable, ended = GLib.MainLoop(), Gio.Cancellable(), []

    def done(_source, result):
        try:
            Kennis.Return.simulate_finish(result)
        except GLib.Error as error:
            ended.append(error)
        loop.quit()

    Kennis.Return.simulate_async(course(), 10**11, 1, Kennis.Sampling.PLAIN, 0, 2, cancellable=cancellable,
                                 callback=done)
    GLib.timeout_add(20, lambda: cancellable.cancel())
    loop.run()
    assert ended and ended[0].matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED)


def progress_can_cancel_what_it_tells_of():
    loop, cancellable, told, ended = GLib.MainLoop(), Gio.Cancellable(), [], []

    def tell(fraction, *_data):
        told.append(fraction)
        if len(told) == 2:
            cancellable.cancel()

    def done(_source, result):
        try:
            ended.append(Kennis.Return.simulate_finish(result))
        except GLib.Error as error:
            ended.append(error)
        loop.quit()

    Kennis.Return.simulate_async(course(), 200000000, 1, Kennis.Sampling.PLAIN, 0, 2, progress=tell,
                                 cancellable=cancellable, callback=done)
    loop.run()
    assert len(told) >= 2 and max(told) < 0.9, told
    assert isinstance(ended[0], GLib.Error), ended
    assert ended[0].matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED)
    # In the calling thread as well.
    cancellable.reset()
    told.clear()
    try:
        Kennis.Return.simulate(course(), 200000000, 1, Kennis.Sampling.PLAIN, 0, 2, tell, None, cancellable)
    except GLib.Error as error:
        assert error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED)
    else:
        raise AssertionError("it went on")


tap.run(a_quantity_is_read_and_told, figures_have_a_status, draws_are_one_block_of_bytes, ratios_and_programmes_are_drawn,
        work_goes_on_elsewhere_and_tells_how_far_it_is, work_can_be_cancelled,
        progress_can_cancel_what_it_tells_of)
