# Runs kennis-value on the example model, and reads what it wrote with other tools than its own.
import csv
import html
import html.parser
import io
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap

BUILD = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", "."))
SOURCE = pathlib.Path(os.environ.get("KENNIS_SRCDIR", "."))
PROGRAM = BUILD / "examples" / "kennis-value"
MODEL = SOURCE / "examples" / "value-model.xml"
THREE = SOURCE / "examples" / "value-programmes.xml"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-value-"))


def value(*options, code=0):
    ran = subprocess.run([str(PROGRAM), *map(str, options)], capture_output=True)
    assert ran.returncode == code, (options, ran.returncode, ran.stderr.decode())
    return ran.stdout.decode(), ran.stderr.decode()


def found(*options, model=MODEL):
    return json.loads(value("--format=json", *options, model)[0])


def the_version_is_told():
    assert re.fullmatch(r"kennis-value \d+\.\d+\.\d+\n", value("--version")[0])


def the_manual_tells_every_option():
    manual = (SOURCE / "docs" / "man" / "kennis-value.1").read_text().replace("\\-", "-")
    for option in re.findall(r"--[a-z-]+", value("--help")[0]):
        assert option in manual or option == "--help", option


def the_months_add_up_and_so_do_the_parts():
    result = found("--expected")
    figures = {name: figure["value"] for name, figure in result["figures"].items()}
    cents = [round(100 * month["present"]) for month in result["cash"]]
    assert sum(cents) == round(100 * figures["npv"]), (sum(cents), figures["npv"])
    known = [figures[name] or 0 for name in ("direct-cost", "indirect-cost", "time-cost", "pay-rise")]
    assert abs(sum(known) - figures["subsidy"] - figures["cost"]) < 1e-6
    assert abs(figures["benefit"] + figures["loss-avoided"] - figures["cost"] - figures["net"]) < 1e-6
    assert abs(figures["roi"] - 100 * figures["net"] / figures["cost"]) < 1e-9
    assert figures["payback"] is None and result["figures"]["payback"]["status"] == "not-reached"


def csv_and_json_say_the_same():
    options = ("--draws=5000", "--seed=3")
    result = found(*options)
    rows = list(csv.DictReader(io.StringIO(value("--format=csv", *options, MODEL)[0], newline="")))
    assert {row["programme"] for row in rows} == {"", "buddies"}
    for row in rows:
        figures = result["figures"] if row["programme"] == "" else result["programmes"][0]["figures"]
        figure = figures[row["figure"]]
        assert figure["status"] == row["status"] and row["currency"] == "EUR"
        assert row["weakest-evidence"] == "assumed" and row["chosen"] == ""
        for name in ("value", "mean", "mean-error", "sd", "sd-error", "p5", "p5-error", "p50", "p95", "p95-error", "threshold",
                     "probability-over", "probability-over-error"):
            assert (float(row[name]) if row[name] else None) == figure.get(name), (row["figure"], name)


def ratios_have_a_distribution():
    result = found("--draws=20000")
    bcr, roi = result["figures"]["bcr"], result["figures"]["roi"]
    assert bcr["p5"] < bcr["p50"] < bcr["p95"] and bcr["threshold"] == 1 and bcr["valued"] == 20000 and bcr["exact"]
    for name in ("mean", "p5", "p50", "p95"):
        assert abs(roi[name] - 100 * (bcr[name] - 1)) < 1e-9 and abs(roi[f"{name}-error"] - 100 * bcr[f"{name}-error"]) < 1e-9
    assert bcr["probability-over"] == roi["probability-over"] == result["figures"]["net"]["probability-over"]


def programmes_stand_beside_one_another():
    result = found("--draws=20000", "--budget=50000", model=THREE)
    parts = result["programmes"]
    assert [part["name"] for part in parts] == ["Buddies for newcomers", "Coaching of leaders", "E-learning on safety"]
    assert abs(sum(part["probability-best"] for part in parts) - 1) < 1e-9
    for name in ("value", "mean"):
        together = sum(part["figures"]["npv"][name] for part in parts)
        assert abs(together - result["figures"]["npv"][name]) < 1e-6, (together, result["figures"]["npv"])
    assert all(part["figures"]["npv"]["mean-error"] > 0 and part["evpi"] > 0 for part in parts)
    assert sum(value or 0 for value in result["benefits"].values()) == result["figures"]["benefit"]["value"]
    assert result["choice"]["programmes"] == ["coaching"] and result["choice"]["cost"] == parts[1]["figures"]["cost"]["value"]
    rows = list(csv.DictReader(io.StringIO(value("--format=csv", "--draws=20000", "--budget=50000", THREE)[0], newline="")))
    assert {(row["programme"], row["chosen"]) for row in rows} == {("", ""), ("buddies", "no"), ("coaching", "yes"), ("e-learning", "no")}
    for row in rows:
        figures = result["figures"] if row["programme"] == "" else {p["id"]: p for p in parts}[row["programme"]]["figures"]
        assert (float(row["p95"]) if row["p95"] else None) == figures[row["figure"]].get("p95"), row
    page = value("--format=html", "--draws=20000", "--budget=50000", THREE)[0]
    assert page.count("<svg") == 5 and "choose Coaching of leaders" in page


def every_drawn_figure_has_its_standard_error():
    result = found("--draws=5000")
    assert 0 < result["probability-error"] < 0.01 and result["evpi-error"] > 0
    drawn = [i for i in result["inputs"] if "evppi" in i]
    assert drawn
    for given in drawn:
        assert given["evppi-error"] >= 0, given
        # Shares of the variance are not defined where inputs go together, as they do in the example.
        assert all(given[name] is None for name in ("first-order", "first-order-error", "total", "total-error")), given
    plain = FOLDER / "independent.xml"
    plain.write_text(re.sub("<correlation[^>]*/>", "", MODEL.read_text()))
    drawn = [i for i in json.loads(value("--format=json", "--draws=5000", plain)[0])["inputs"] if "evppi" in i]
    assert drawn and all(given[name] >= 0 for given in drawn for name in ("first-order-error", "total-error", "evppi-error")), drawn


def what_if_changes_an_input_and_nothing_else():
    before, after = found("--expected"), found("--expected", "--what-if=buddies/fixed-cost=7000")
    assert abs(after["figures"]["direct-cost"]["value"] - before["figures"]["direct-cost"]["value"] - 1000) < 1e-9
    assert after["figures"]["benefit"] == before["figures"]["benefit"]
    changed = [i for i in after["inputs"] if i["input"] == "buddies/fixed-cost"][0]
    assert changed["value"] == "7000" and changed["evidence"] == "assumed", changed


def drawing_stops_soon_after_it_is_sure():
    for wanted in (1000, 100, 30):
        result = found("--draws=100000000", f"--until={wanted}")
        figure = result["figures"]["npv"]
        assert figure["mean-error"] <= wanted, (wanted, figure)
        assert result["draws"] <= 16384 or result["draws"] < 4 * (figure["sd"] / wanted) ** 2, (wanted, result["draws"])


def the_same_seed_gives_the_same_text_on_any_threads():
    one = value("--draws=30000", "--seed=5", "--threads=1", MODEL)[0]
    assert one == value("--draws=30000", "--seed=5", "--threads=3", MODEL)[0]
    assert one != value("--draws=30000", "--seed=6", "--threads=1", MODEL)[0]


def text_speaks_three_languages_and_writes_numbers_their_way():
    for language, title, number in (("en", "net present value", r"EUR\s-4,029"), ("nl", "netto contante waarde", r"EUR\s-4\.029"),
                                    ("fr", "valeur actuelle nette", r"-4\s029\sEUR")):
        text = value("--expected", f"--language={language}", MODEL)[0].replace("−", "-")
        assert title in text.lower(), (language, text[:600])
        assert re.search(number, text), (language, text[:1200])


def model_of(name, inputs, horizon=12, benefit="", more=""):
    """A model of a programme "p" with these inputs."""
    def given(pairs):
        return "".join(f'<input name="{key}" value="{text}"/>' for key, text in pairs.items())

    rate = given({key: inputs.pop(key) for key in list(inputs) if key in ("discount-rate", "tax-rate")})
    file = FOLDER / f"{name}.xml"
    file.write_text(f'<value-model xmlns="urn:kennis:value:1" version="1" currency="EUR" horizon="{horizon}">{rate}'
                    f'<programme id="p" name="Course">{given(inputs)}{benefit}</programme>{more}</value-model>')
    return file


def benefit_of(**inputs):
    given = "".join(f'<input name="{key}" value="{text}"/>' for key, text in inputs.items())
    return f'<benefit id="b" name="B" kind="productivity" method="amount">{given}</benefit>'


def bare(text):
    """Without markup and style."""
    return html.unescape(re.sub("<style>.*?</style>|<[^>]*>", "\n", text, flags=re.S))


SURE = {"transfer": 1, "isolation": 1, "confidence": 1}


def what_nobody_gave_is_told_in_every_format_and_language():
    costly = model_of("costly", {"fixed-cost": "100"})
    free = model_of("free", {"discount-rate": "0.1"}, benefit=benefit_of(amount=500, **SURE))
    for file, lacks, says in ((costly, ["p/BENEFIT/amount", "p/hazard"], ("no benefit was given", "geen baten opgegeven", "aucun bénéfice n’a été donné")),
                              (free, ["p/cost-per-head", "p/fixed-cost", "p/running-cost", "p/indirect-cost", "p/hours-per-head", "p/pay-rise"],
                               ("no cost was given", "geen kosten opgegeven", "aucun coût n’a été donné"))):
        result = found(model=file)
        for of in (result, result["programmes"][0]):
            for name in ("net", "bcr", "roi", "payback", "irr", "net-after-tax"):
                assert of["figures"][name].items() >= {"value": None, "status": "no-data", "missing": lacks}.items(), of["figures"][name]
        assert result["probability"] is None and result["evpi"] is None and result["cash"][0]["net-after-tax"] is None
        rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(value("--format=csv", "-b", 1000, file)[0], newline="")) if row["programme"]}
        assert rows["roi"]["value"] == "" and rows["roi"]["not-given"].split() == lacks and rows["roi"]["chosen"] == "not-known", rows["roi"]
        assert found("-b", 1000, model=file)["choice"]["not-known"] == ["p"]
        for language, words in zip(("en", "nl", "fr"), says):
            for form in ("text", "html"):
                told = bare(value(f"--format={form}", f"--language={language}", "-b", 1000, file)[0])
                assert told.count(words) >= 7, (language, form, words, told)
                assert not re.search(r"\b0[.,]00\b|-100\s?%|\b100\s?%|0 month", told), told
    assert found(model=costly)["benefits"] == dict.fromkeys(("other", "productivity", "quality", "team", "employability", "retention"))
    assert found(model=free)["benefits"]["productivity"] == 500
    assert {month["cost"] for month in found(model=free)["cash"]} == {None}
    text = value("-b", 1000, free)[0]
    assert "Cannot be chosen: Course (not known: no cost was given)." in text, text
    text = value("--language=en", MODEL, "--expected")[0]
    assert "Not given, so not counted: running cost per year, indirect cost, pay rise per participant per year." in text, text


def where_nothing_is_uncertain_no_chance_is_told():
    file = model_of("certain", {"fixed-cost": "100"}, benefit=benefit_of(amount=500, **SURE))
    for form in ("text", "html"):
        told = bare(value(f"--format={form}", file)[0])
        assert "No input was given as a distribution: how sure this is cannot be told." in told, told
        assert "EVPI" not in told and "draws" not in told and "100%" not in told, told
    result = found(model=file)
    assert result["draws"] == 0 and result["probability"] is None and "mean" not in result["figures"]["net"]
    assert "No input was given" not in value("--expected", MODEL)[0]


def every_break_even_is_told():
    payments = model_of("payments", {"discount-rate": "1", "fixed-cost": "1600", "end": "12"}, horizon=24, benefit=benefit_of(amount=10000, **SURE),
                        more='<programme id="q" name="Q"><input name="fixed-cost" value="10000"/><input name="start" value="24"/>'
                             '<input name="hazard" value="0"/><input name="meaning" value="7"/></programme>')
    payments.write_text(payments.read_text().replace('horizon="24"', 'horizon="24" timing="year-end"'))
    given = {each["input"]: each for each in found(model=payments)["inputs"]}
    rate = given["discount-rate"]
    assert rate["break-even-status"] == "ok" and [round(at, 6) for at in rate["break-evens"]] == [0.25, 4] and rate["break-even"] == rate["break-evens"][0]
    assert given["q/meaning"]["break-even-status"] == "no-effect" and given["q/meaning"]["break-evens"] == []
    assert re.search("discount-rate .*break-even: 0.250 and 4.000", value(payments)[0])
    assert "<td>no effect</td>" in value("--format=html", payments)[0]
    assert "sans effet" in value("--format=html", "--language=fr", payments)[0]


def a_precision_that_is_not_reached_is_told():
    out, told = value("--draws=3000", "--until=0.5", MODEL)
    assert "--until=0.5 was not reached: after 3000 draws" in told, told
    assert re.search(r"standard error that was asked for, EUR\s0.50, was not reached: after 3,000 draws it is EUR\s\d\d\d", out), out
    result = json.loads(value("--format=json", "--draws=3000", "--until=0.5", MODEL)[0])
    assert result["wanted-error"] == 0.5 and result["wanted-error-reached"] is False
    out, told = value("--format=json", "--until=2000", MODEL)
    assert told == "" and json.loads(out)["wanted-error-reached"] is True and "wanted-error" not in found()


def text_tells_what_moves_the_result():
    plain = FOLDER / "apart.xml"
    plain.write_text(re.sub("<correlation[^>]*/>", "", MODEL.read_text()))
    rows = value("--draws=20000", plain)[0].split("What moves the net present value most\n")[1].split("\n\n")[0].splitlines()[1:]
    assert "first-order index" in rows[0] and "total index" in rows[0] and "EVPPI" in rows[0], rows[0]
    assert [row.split()[0] for row in rows[1:3]] == ["buddies/sooner/amount", "buddies/sooner/isolation"] and len(rows) == 10, rows
    # What is worth nothing has no error: no class of draws tells how far it is off.
    assert all(row.count("EUR") == (3 if row.endswith(" EUR\u00a00") else 4) and row.count("%") == 4 for row in rows[1:]), rows
    together = value("--draws=5000", MODEL)[0]
    assert "first-order index" not in together and "Inputs go together here" in together


def french_is_set_as_french_is():
    for form in ("text", "html"):
        told = bare(value(f"--format={form}", "--draws=5000", "--language=fr", "--budget=1000", MODEL)[0])
        assert not re.search(r"EUR\u00a0-?\d", told), re.search(r".*EUR\u00a0-?\d.*", told)[0]
        assert re.search(r"16\u202f667\u00a0EUR", told) and "0,05" in told and "0.05" not in told, told
        assert not re.search(r"\d%", told), told
        loose = re.search(r".*[^\s][;:?!](\s.*|)$", told, flags=re.M)
        assert not loose, loose[0]
        assert "pert(40\u202f000\u202f; 80\u202f000\u202f; 160\u202f000)" in told, told
    dutch = value("--draws=5000", "--language=nl", MODEL)[0]
    assert "pert(40.000; 80.000; 160.000)" in dutch and "0,05" in dutch and "20 uur op het werk" in dutch


def transfer_of_a_programme_is_refused_beside_a_utility():
    file = model_of("utility", {"participants": "10", "cost-per-head": "5", "transfer": "0.5"},
                    benefit='<benefit id="b" name="B" method="utility"><input name="d" value="1"/><input name="sdy" value="100"/></benefit>')
    out, told = value(file, code=2)
    assert out == "" and "p/transfer" in told and "p/BENEFIT/transfer" in told, told
    late = model_of("late", {"fixed-cost": "5", "start": "13"})
    assert "[0,12]" in value(late, code=2)[1]


def what_is_said_of_draws_is_refused_where_none_are_made():
    for option in ("--until=5", "--draws=1000", "--sampling=plain", "--seed=2", "--threads=1"):
        out, told = value("--expected", option, MODEL, code=1)
        assert out == "" and f"--expected draws nothing: leave it out, or {option.split('=')[0]}" in told, told


def evidence_has_the_words_of_the_schema():
    schema = (SOURCE / "data" / "schema" / "kennis-value-1.rng").read_text()
    words = set(re.findall("<value>([a-z]+)</value>", re.search('name="evidence">(.*?)</attribute>', schema, re.S)[1]))
    file = model_of("grades", {"fixed-cost": "100"}, benefit=benefit_of(amount=500, **SURE))
    result = found(model=file)
    assert {given["evidence"] for given in result["inputs"]} == {"unknown"} and "unknown" in words
    assert {given["evidence"] for given in found("--expected")["inputs"]} <= words
    assert "unknown" in value("--format=csv", file)[0] and "evidence not told" in value(file)[0]


def what_is_before_and_after_tax_is_told():
    file = model_of("taxed", {"tax-rate": "0.25", "discount-rate": "0.1", "fixed-cost": "100"}, horizon=24,
                    benefit=benefit_of(amount=100, **SURE))
    result = found(model=file)
    of = {name: figure["tax"] for name, figure in result["figures"].items()}
    assert [of[name] for name in ("net", "discounted-bcr", "npv", "payback", "employee-net")] == ["before", "before", "after", "same", "none"]
    assert of == {row["figure"]: row["tax"] for row in csv.DictReader(io.StringIO(value("--format=csv", file)[0], newline="")) if row["programme"]}
    # What is said is so: 100 a year comes at the ends of months, against 100 at the start.
    present = sum(100 / 12 * 1.1 ** (-month / 12) for month in range(1, 25))
    figures = {name: figure["value"] for name, figure in result["figures"].items()}
    assert abs(figures["discounted-bcr"] - present / 100) < 1e-9 and abs(figures["npv"] - 0.75 * (present - 100)) < 1e-9
    untaxed = found("--what-if=tax-rate=0", model=file)["figures"]
    assert untaxed["payback"] == result["figures"]["payback"] and abs(untaxed["irr"]["value"] - figures["irr"]) < 1e-9
    for form in ("text", "html"):
        told = bare(value(f"--format={form}", file)[0])
        assert all(words in told for words in ("net present value, after tax", "discounted BCR, before tax", "discounted ROI, before tax")), told


def text_tells_what_each_input_is():
    text = value("--expected", MODEL)[0]
    assert re.search(r"buddies/sooner/isolation +share due to the programme: beta\(6; 4\); estimated; break-even: 0", text), text


def few_draws_tell_nothing_of_their_own_error():
    for draws in (2, 99):
        result = found(f"--draws={draws}", "--seed=4")
        assert 0 <= result["probability"] <= 1
        for of in (result, *result["figures"].values(), *result["inputs"], *result["cash"]):
            assert all(number is None for name, number in of.items() if re.search("^(mean|sd|p[0-9]+|probability|evpi|evppi)-error$", name)), of
        for form in ("text", "html"):
            told = bare(value(f"--format={form}", f"--draws={draws}", "--seed=4", MODEL)[0])
            assert "±" not in told and "Of fewer than 100 draws no standard error is told" in told, told
        assert any("no standard error" in note for note in result["notes"])
        assert "-error\":0," not in value("--format=json", f"--draws={draws}", MODEL)[0]
    assert found("--draws=100")["probability-error"] > 0
    out, told = value("--draws=50", "--until=1", MODEL)
    assert "50 draws are too few" in out and "--until=1 was not reached: 50 draws are too few to tell the standard error; give more --draws" in told, (out, told)


def the_rate_of_a_loan_is_told_to_be_none():
    later = ''.join(f'<programme id="{id}" name="Q"><input name="fixed-cost" value="60"/><input name="start" value="{start}"/><input name="hazard" value="0"/></programme>'
                    for id, start in (("q", 12), ("r", 24)))
    file = model_of("loan", {"fixed-cost": "400", "subsidy": "500", "hazard": "0"}, horizon=24, more=later)
    assert found(model=file)["figures"]["irr"]["status"] == "undetermined"
    for form in ("text", "html"):
        assert "money comes first and is paid later, as of a loan" in bare(value(f"--format={form}", file)[0])


def a_chance_of_all_draws_is_not_told_as_certain():
    file = model_of("sure", {"discount-rate": "0", "fixed-cost": "50"}, benefit=benefit_of(amount="uniform(80,90)", **SURE))
    assert found("--draws=100000", model=file)["probability-error"] == 1 / 100001
    for form in ("text", "html"):
        told = bare(value(f"--format={form}", "--draws=100000", file)[0])
        assert re.search(r"100\.0%\s\(±\s0\.001%\)", told) and not re.search(r"100\.0%\s\(±\s0\.00%\)", told.split("What moves")[0]), told
        assert not re.search(r"EUR\s0\s\(±", told), told


def few_draws_make_much_of_what_knowing_an_input_is_worth():
    few, many = found("--draws=12799"), found("--draws=12800")
    assert any("EVPPI" in note and "12,800" in note for note in few["notes"]) and "notes" not in many, (few.get("notes"), many.get("notes"))
    for form in ("text", "html"):
        assert "(EVPPI) comes out too high here: 12,799 draws" in bare(value(f"--format={form}", "--draws=12799", MODEL)[0])
        assert "comes out too high" not in value(f"--format={form}", "--draws=12800", MODEL)[0]


def why_it_is_not_counted_which_is_the_best_is_told():
    one = '<input name="fixed-cost" value="uniform(1,2)"/><input name="hazard" value="0"/>'
    file = FOLDER / "two.xml"
    file.write_text('<value-model xmlns="urn:kennis:value:1" version="1" currency="EUR" horizon="1">'
                    f'<programme id="p" name="P">{one}</programme><programme id="q" name="Q">{one}</programme></value-model>')
    why = "The chance of being the best is not counted of so many draws; take 5,000,000 or fewer."
    assert all(why in value(f"--format={form}", "--draws=5000001", file)[0] for form in ("text", "json", "html"))
    few = found("--draws=20000", model=file)
    assert few["programmes"][0]["probability-best"] > 0.4 and "notes" not in few


class Page(html.parser.HTMLParser):
    void = {"meta", "br", "hr", "img", "link", "input", "col"}

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.loads = [], {}, []

    def handle_starttag(self, tag, attributes):
        self.seen[tag] = self.seen.get(tag, 0) + 1
        self.loads += [v for k, v in attributes if k in ("src", "href", "xlink:href") and v and not v.startswith("#")]
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen[tag] = self.seen.get(tag, 0) + 1

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag


def html_is_one_file_with_four_charts():
    text = value("--format=html", "--draws=5000", "--language=nl", MODEL)[0]
    page = Page()
    page.feed(text)
    assert page.open == [] and page.loads == [], (page.open, page.loads)
    assert page.seen["svg"] == 4 and page.seen["table"] >= 4 and '<html lang="nl"' in text, page.seen
    assert "<script" not in text


def a_file_is_written_and_the_budget_told():
    file = FOLDER / "out.json"
    out, told = value("--format=json", "--expected", "--budget=1000000", f"--output={file}", MODEL)
    assert out == "" and told == "", told
    assert json.loads(file.read_text())["choice"] == {"budget": 1000000, "programmes": [], "not-known": [], "cost": 0, "objective": 0}
    assert re.search(r"budget of EUR\s1,000,000 there is no programme", value("--expected", "--budget=1000000", MODEL)[0])
    assert re.search(r"choose Coaching of leaders: cost EUR\s40,320", value("--expected", "--budget=50000", THREE)[0])


def wrong_use_is_one_and_what_cannot_be_read_is_two():
    assert "MODEL" in value("--help")[0]
    for options in (("-u", "-3", MODEL), ("--until=nan", MODEL), ("-b", "-4", MODEL), ("--budget=nan", MODEL), ("--budget=1e999", MODEL),
                    ("--threads=-1", MODEL), ("--sampling=sobol", MODEL), ("--seed=x", MODEL), ("--language=xx", MODEL), ("--what-if==3", MODEL), ("--format=pdf", MODEL), ("--draws=1", MODEL), (), (MODEL, MODEL), ("--nonsense", MODEL),
                    ("--what-if=transfer", MODEL), ("--what-if=no-such-input=1", MODEL), ("--what-if=transfer=triangular(3,2)", MODEL)):
        out, told = value(*options, code=1)
        assert out == "" and told.startswith("kennis-value: "), (options, told)
    bad = FOLDER / "bad.xml"
    bad.write_text('<value-model xmlns="urn:kennis:value:1" version="1" currency="EUR" horizon="12"><input name="tax-rate" value="3"/></value-model>')
    for name in (FOLDER / "none.xml", bad):
        out, told = value(name, code=2)
        assert out == "" and name.name in told, told


def a_bar_shows_on_a_terminal_when_it_takes_long():
    master, slave = pty.openpty()
    with subprocess.Popen([str(PROGRAM), "--draws=60000000", "--threads=1", str(MODEL)], stdout=subprocess.DEVNULL, stderr=slave,
                          env={**os.environ, "TERM": "xterm"}) as running:
        os.close(slave)
        told = b""
        try:
            while b"%" not in told:
                part = os.read(master, 4096)
                if not part:
                    break
                told += part
        except OSError:
            pass
        running.kill()
    os.close(master)
    assert b"[" in told and b"%" in told, told


tap.run(the_version_is_told, what_is_said_of_draws_is_refused_where_none_are_made, evidence_has_the_words_of_the_schema, what_is_before_and_after_tax_is_told,
        text_tells_what_each_input_is, few_draws_tell_nothing_of_their_own_error,
        the_rate_of_a_loan_is_told_to_be_none, a_chance_of_all_draws_is_not_told_as_certain, few_draws_make_much_of_what_knowing_an_input_is_worth, why_it_is_not_counted_which_is_the_best_is_told, what_nobody_gave_is_told_in_every_format_and_language, where_nothing_is_uncertain_no_chance_is_told, every_break_even_is_told,
        a_precision_that_is_not_reached_is_told, text_tells_what_moves_the_result, french_is_set_as_french_is,
        transfer_of_a_programme_is_refused_beside_a_utility, the_manual_tells_every_option, the_months_add_up_and_so_do_the_parts, csv_and_json_say_the_same,
        ratios_have_a_distribution, drawing_stops_soon_after_it_is_sure, programmes_stand_beside_one_another,
        every_drawn_figure_has_its_standard_error, what_if_changes_an_input_and_nothing_else,
        the_same_seed_gives_the_same_text_on_any_threads, text_speaks_three_languages_and_writes_numbers_their_way,
        html_is_one_file_with_four_charts, a_file_is_written_and_the_budget_told,
        wrong_use_is_one_and_what_cannot_be_read_is_two, a_bar_shows_on_a_terminal_when_it_takes_long)
