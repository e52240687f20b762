"""Deliveries: what can be read whatever it is called and written as, and what is refused with its place."""

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from fotfeste.commands.register.sentences import sentence
from fotfeste.files import BadCell, BadKey
from fotfeste.register.delivered import File, read_folder
from fotfeste.register.layouts import read_layout

HEAD = "person_id,job_id,type,establishment_org,start,end,percent,fulltime_hours\n"
ROW = "1,10,ordinary,9,2019-01-07,,50,37.5\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "participants.csv").write_text("person_id,inclusion_date\n1,2019-01-02\n")
    (tmp_path / "jobs.csv").write_text(HEAD + ROW)
    return tmp_path


def verified(folder: Path, layout: str | Path | None = None) -> dict[str, File]:
    told = read_folder(folder, read_layout(layout)) if layout else read_folder(folder)
    for file in told.values():
        file.verify()
        file.verify_key()
    return told


def refusal(folder: Path) -> str:
    with pytest.raises(BadCell) as refused:
        verified(folder)
    return sentence(refused.value)


def test_a_spreadsheet_with_semicolons_decimal_commas_and_a_mark_in_front_says_the_same_as_parquet(
    folder: Path,
) -> None:
    text = HEAD.replace(",", ";") + "1;10;ordinary;9; 2019-01-07 ;NA;50,5;37,5\n"
    (folder / "jobs.csv").write_text("\ufeff" + text, encoding="utf-8")
    from_csv = verified(folder)["jobs"].frame.collect()
    (folder / "jobs.csv").unlink()
    row = {"person_id": "1", "job_id": "10", "type": "ordinary", "establishment_org": "9", "end": None}
    row |= {"start": date(2019, 1, 7), "percent": 50.5, "fulltime_hours": 37.5}
    pl.DataFrame([row]).write_parquet(folder / "jobs.parquet")
    assert from_csv.equals(verified(folder)["jobs"].frame.collect())
    assert from_csv.row(0, named=True)["percent"] == 5050


def test_a_file_as_a_norwegian_spreadsheet_saves_it_says_the_same_as_one_in_utf_8(folder: Path) -> None:
    """Windows-1252, semicolons, decimal commas, lines that end as Windows ends them, 07.01.2019, and SANN."""
    head, row = "person_id;site;inclusion_date;consent\n", "1;Bodø – Ålesund sør;{};{}\n"
    told = []
    for encoding, day, yes in (("utf-8-sig", "2019-01-07", "true"), ("cp1252", "07.01.2019", "SANN")):
        text = head + row.format(day, yes)
        (folder / "participants.csv").write_bytes(text.replace("\n", "\r\n").encode(encoding))
        jobs = HEAD.replace(",", ";") + f"1;10;ordinary;Skårer på Æra;{day};;50,5;37,5\n"
        (folder / "jobs.csv").write_bytes(jobs.replace("\n", "\r\n").encode(encoding))
        told.append({name: file.frame.collect() for name, file in verified(folder).items()})
    for name, frame in told[0].items():
        assert frame.equals(told[1][name])
    assert told[1]["participants"].select("site", "inclusion_date", "consent").row(0) == (
        "Bodø – Ålesund sør", date(2019, 1, 7), True,
    )  # fmt: skip
    assert told[1]["jobs"].select("establishment_org", "percent").row(0) == ("Skårer på Æra", 5050)


@pytest.mark.parametrize(
    "rows",
    [ROW.replace("9", "Bodø").encode("cp850"), ROW.replace("9", "Bodø").encode("mac_roman"),
     ROW.replace("9", "Bodø").encode() + ROW.replace("9", "Bodø").encode("latin-1"), ROW.encode("utf-16")],
    ids=["MS-DOS", "Macintosh", "UTF-8 and Latin-1", "UTF-16"],
)  # fmt: skip
def test_a_file_in_another_encoding_is_refused_at_the_row_that_tells(folder: Path, rows: bytes) -> None:
    (folder / "jobs.csv").write_bytes((HEAD + ROW).encode() + rows)
    assert refusal(folder) == (
        "jobs.csv, rad 3: Fila er verken tekst i UTF-8 eller i Windows-1252 (Latin-1). Lagre den som «CSV UTF-8»."
    )


def test_a_wide_row_far_down_in_latin_1_is_said_at_its_place(folder: Path) -> None:
    (folder / "jobs.csv").write_bytes((HEAD + ROW + ROW.replace("9", "Bodø").replace("\n", ",8\n")).encode("latin-1"))
    assert refusal(folder).startswith("jobs.csv, rad 3, «8»: Raden har flere verdier enn det er kolonner.")


@pytest.mark.parametrize(
    "cell", [pl.lit("2019-03"), pl.lit(201903), pl.lit(date(2019, 3, 1)), pl.lit("201903")], ids=str
)
def test_a_month_is_counted_from_year_0_however_it_is_written(folder: Path, cell: pl.Expr) -> None:
    pay = pl.DataFrame({"person_id": [1], "job_id": [10], "fixed": [100]}).with_columns(month=cell)
    pay.write_parquet(folder / "pay.parquet")
    assert verified(folder)["pay"].frame.select("month", "fixed").collect().row(0) == (2019 * 12 + 2, 10_000)


def test_a_file_in_parts_is_one_file(folder: Path) -> None:
    (folder / "jobs.csv").unlink()
    (folder / "jobs").mkdir()
    for part in (1, 2):
        (folder / "jobs" / f"{part}.csv").write_text(HEAD + ROW.replace("10", f"1{part}"))
    assert verified(folder)["jobs"].frame.select("job_id").collect().to_series().to_list() == ["11", "12"]


def test_a_row_that_repeats_another_is_shown_as_the_file_has_it(folder: Path) -> None:
    """Under the file's own names, with the month as it is written."""
    (folder / "jobs.csv").write_text((HEAD + ROW).replace("job_id", "JOBB"))
    (folder / "pay.csv").write_text("person_id,JOBB,LONN_MND,fixed\n1,10,2019-03,5\n1,10,2019-04,5\n1,10,2019-04,6\n")
    own = folder / "own.toml"
    own.write_text('[files.jobs]\njob_id = "JOBB"\n[files.pay]\njob_id = "JOBB"\nmonth = "LONN_MND"\n')
    with pytest.raises(BadCell) as refused:
        verified(folder, own)
    assert sentence(refused.value).startswith(
        "pay.csv, rad 4, kolonne person_id, JOBB, LONN_MND, «1, 10, 2019-04»: Den samme raden finnes fra før."
    )


@pytest.mark.parametrize(
    ("jobs", "said"),
    [
        (HEAD.replace("type,", ""), "jobs.csv, rad 1, kolonne type: Kolonnen finnes ikke. Filen har person_id, job_id"),
        (HEAD.replace("end", "start"), "jobs.csv, rad 1, kolonne start: To kolonner heter det samme."),
        (HEAD + ROW + ROW.replace("-07", "-32"), "jobs.csv, rad 3, kolonne start, «2019-01-32»: Dette er ikke en dato"),
        (HEAD + ROW.replace("2019-01-07", "07.01.19"), "jobs.csv, rad 2, kolonne start, «07.01.19»: Dette er ikke en"),
        (HEAD + ROW.replace("50", "half"), "jobs.csv, rad 2, kolonne percent, «half»: Dette er ikke et tall."),
        (
            HEAD + ROW.replace("50", "10001"),
            "jobs.csv, rad 2, kolonne percent, «10001»: Tallet er for stort til",
        ),
        (HEAD + ROW.replace("37.5", "-1e9"), "jobs.csv, rad 2, kolonne fulltime_hours, «-1e9»: Tallet er for stort"),
        (HEAD + ROW.replace("10,", " ,"), "jobs.csv, rad 2, kolonne job_id: Her mangler en verdi."),
        (HEAD + ROW + ROW, "jobs.csv, rad 3, kolonne person_id, job_id, start, «1, 10, 2019-01-07»: Den samme raden"),
        (HEAD + ROW.replace("\n", ",8\n"), "jobs.csv, rad 2, «8»: Raden har flere verdier enn det er kolonner."),
        (HEAD, "jobs.csv: Filen har ingen rader."),
        ("", "jobs.csv: Filen er tom."),
    ],
)
def test_what_cannot_be_used_is_said_with_file_row_and_column(folder: Path, jobs: str, said: str) -> None:
    (folder / "jobs.csv").write_text(jobs)
    assert refusal(folder).startswith(said)


def test_parquet_that_was_cut_off_or_has_the_wrong_type_is_said(folder: Path) -> None:
    (folder / "jobs.csv").unlink()
    frame = pl.DataFrame({name: ["1"] for name in HEAD.strip().split(",")}).with_columns(start=pl.lit(1.5))
    whole = folder / "jobs.parquet"
    frame.write_parquet(whole)
    assert refusal(folder).startswith("jobs.parquet, rad 1, kolonne start, «Float64»: Kolonnen har en annen slags")
    whole.write_bytes(whole.read_bytes()[:-40])
    assert refusal(folder) == "jobs.parquet: Parquet-fila er skadet eller avbrutt og kan ikke leses."


def test_a_file_that_is_delivered_twice_is_refused(folder: Path) -> None:
    pl.DataFrame({"person_id": [1]}).write_parquet(folder / "jobs.parquet")
    assert refusal(folder) == "jobs.csv: Den samme fila er levert på to måter."


def test_microdata_names_and_days_since_1970_are_read_by_its_layout(folder: Path) -> None:
    (folder / "jobs.csv").unlink()
    row = {"ARBEIDSFORHOLD_PERSON": 1, "ARBEIDSFORHOLD_ID": 10, "ARB_TYPE": "ordinary", "VIRK_ID_SSB": 9}
    row |= {"ARB_START": 17903, "ARB_SLUTT": None, "ARB_STILLINGSPST": 50.0, "ARB_TIMEANT_FULLTID": 37.5}
    pl.DataFrame([row]).write_parquet(folder / "jobs.parquet")
    told = verified(folder, "microdata")["jobs"].frame.collect().row(0, named=True)
    assert told["start"] == date(1970, 1, 1) + timedelta(days=17903)


def test_an_answer_of_the_aa_register_becomes_jobs_and_leave(folder: Path) -> None:
    """The shape of NAV's own examples of version 2: details by reporting months, leave and layoffs inside the job."""
    (folder / "jobs.csv").unlink()
    details = [
        {"antallTimerPrUke": 37.5, "avtaltStillingsprosent": 100.0, "rapporteringsmaaneder": {"fra": "2019-06"}},
        {
            "antallTimerPrUke": 37.5,
            "avtaltStillingsprosent": 40.0,
            "rapporteringsmaaneder": {"fra": "2019-03", "til": "2019-05"},
        },
    ]
    job = {
        "id": "J1",
        "type": {"kode": "ordinaertArbeidsforhold"},
        "arbeidstaker": {
            "identer": [
                {"type": "AKTORID", "ident": "20"},
                {"type": "FOLKEREGISTERIDENT", "ident": "30", "gjeldende": False},
                {"type": "FOLKEREGISTERIDENT", "ident": "31", "gjeldende": True},
            ]
        },
        "arbeidssted": {"type": "Underenhet", "ident": "9"},
        "ansettelsesperiode": {"startdato": "2018-11-01", "sluttdato": "2019-08-15"},
        "ansettelsesdetaljer": details,
        "permitteringer": [{"id": "P", "startdato": "2019-04-01", "sluttdato": None, "prosent": 50.0}],
    }
    (folder / "jobs.json").write_text(json.dumps([job]))
    told = verified(folder, "aa-register")
    rows = told["jobs"].frame.select("person_id", "type", "start", "end", "percent").collect().rows()
    assert rows == [
        ("31", "ordinary", date(2018, 11, 1), date(2019, 5, 31), 4000),
        ("31", "ordinary", date(2019, 6, 1), date(2019, 8, 15), 10000),
    ]
    leave = told["leave"].frame.select("person_id", "job_id", "kind", "start", "end", "percent").collect().rows()
    assert leave == [("31", "J1", "layoff", date(2019, 4, 1), None, 5000)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[files.jobs]\nbegin = "X"', 2, "unknown"),
        ('[files.work]\nstart = "X"', 1, "unknown"),
        ('\n[codes.jobs.type]\nA = "slave"', 3, "choice"),
        ('dates = "american"', 1, "choice"),
    ],
)
def test_a_layout_with_a_name_nobody_knows_is_refused_at_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(BadKey) as refused:
        read_layout(tmp_path / "own.toml")
    assert (refused.value.line, refused.value.reason) == (line, reason)
