"""The report's own words, in bokmål and English, and its numbers as each language writes them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.commands.evidence import certainty, notes
from fotfeste.commands.evidence.inputs import Studies
from fotfeste.evidence.pooling import PooledEffect

Language = Literal["nb", "en"]
BOKMAL = {
    "question": "Spørsmålet",
    "findings": "Hovedfunn",
    "not_judged": "ikke vurdert",
    "interval": "{level} % KI",
    "summary_heads": "Utfall|Studier (deltakere)|Effekt ({level} % KI)|Uten, av 1000|Med, av 1000|Tillit",
    "summary": "Oppsummering av funn",
    "baseline": "Andelen uten tiltaket regnes som kjent. Kilde: {sources}",
    "domains_not_judged": "{outcome}: {domains} er ikke vurdert, og kan trekke tilliten ned.",
    "changes": "Hva som er endret siden sist",
    "new_outcome": "{outcome}: nytt utfall. Effekten er {now}.",
    "no_change": "{outcome}: ingen endring. Effekten er {now}.",
    "change": "{outcome}: effekten var {was}, og er nå {now}.",
    "step_heads": "Hva|Studie|Hvorfor|Effekt etterpå",
    "steps": "Veien fra forrige resultat, {outcome}",
    "became": "{name}: «{old}» ble «{new}»",
    "settings": "Andre valg i analysen",
    "removed": "Ikke lenger med",
    "changed": "Endret",
    "added": "Ny",
    "flow": "Søk og utvalg",
    "flow_figure": "Flytdiagram etter PRISMA 2020",
    "flow_alt": "Flytdiagram. {lines}.",
    "flow_heads": "Gikk videre|Tatt ut",
    "flow_counts": "Antall i hvert trinn",
    "bias": "Risiko for skjevhet",
    "bias_figure": "Risiko for skjevhet, {tool}{part}",
    "bias_alt": "{n} studier, {worst} med {level} risiko samlet. Tabellen under har alle vurderingene.",
    "bias_study": "Studie",
    "bias_overall": "Samlet",
    "bias_table": "Vurderinger etter {tool} ({source})",
    "none_read": "Ingen studier er lest ennå. Malen for uttrekk er klar.",
    "read_by_two": "Lest av to, hver for seg: {studies}.",
    "difference_heads": "Studie|Felt|Første|Andre",
    "differences": "Her har de to lest ulikt",
    "no_differences": "De to har lest likt.",
    "method": "Slik er det gjort",
    "join": "{column} er {indicator} for landet i studiens år, eller det nærmeste, høyst {within} år unna.",
    "how": "Variansen mellom studier er anslått med {method}. Intervallene er {level} %, fra {ci}. "
    "Tilliten er vurdert etter GRADE: det tallene kan fortelle, er regnet ut; resten har en person vurdert.",
    "EE": "felles effekt",
    "z": "normalfordelingen",
    "t": "t-fordelingen",
    "hk": "Hartung-Knapp",
    "hk_adhoc": "Hartung-Knapp, aldri smalere enn det vanlige intervallet",
    "review_file": "Oversiktens fil: SHA-256 {sha}",
    "part": ", del {i} av {n}",
    "forest_figure": "Hver studie og samlet effekt, {outcome}{part}",
    "forest_alt": "{studies}{part}. Samlet {measure} {effect}. Tabellen under har alle tallene.",
    "grade": "Tillit til resultatet",
    "grade_heads": "Vurdering|Trekk|Grunn",
    "grade_table": "Vurdering etter GRADE: {level} tillit",
    "must_be_read": "Må leses med",
    "result": "Samlet {measure} er {effect}, p {p}, i {studies}.",
    "next_study": "Effekten i en ny studie ventes å ligge fra {interval}.",
    "between": "Variansen mellom studier er {tau2} ({low} til {high}), I² {i2} %.",
    "per_1000": "Av 1000 personer er det {without} uten og {with_it} med ({low} til {high}).",
    "range": "{value} ({low} til {high})",
    "to": "{low} til {high}",
    "study": "Studie",
    "counts_heads": "Med tiltaket|Uten",
    "weight": "Vekt",
    "studies": "Studiene, {outcome}",
    "all": "Alle",
    "selections": "Andre utvalg",
    "selection_heads": "Utvalg|Studier|{measure} (KI)",
    "selection_table": "Det samme i andre utvalg",
    "subgroups": "Undergrupper etter {by}",
    "subgroup_heads": "{by}|Studier|{measure} (KI)",
    "subgroup_p": "Forskjell mellom gruppene: p {p}.",
    "intercept": "konstantledd",
    "term_heads": "Ledd|Koeffisient|{level} % KI|p",
    "moderator": "{name}, {k} studier",
    "bubble_figure": "Effekt mot {name}",
    "bubble_alt": "{k} studier. Linjen stiger {slope} for hver enhet av {name}, p {p}. Tabellen under har studiene.",
    "year_of": "Året den er fra",
    "points": "Studiene mot {name}",
    "small": "Små og store studier",
    "funnel_figure": "Traktplott; åpne punkter er tenkte studier (trim og fyll)",
    "funnel_alt": "{k} studier etter effekt og standardfeil. Eggers test: p {p}.",
    "egger": "Eggers test for skjevhet: p {p}.",
    "few": "Med færre enn ti studier har testen liten styrke.",
}
ENGLISH = {
    "question": "The question",
    "findings": "Main findings",
    "not_judged": "not judged",
    "interval": "{level}% CI",
    "summary_heads": "Outcome|Studies (participants)|Effect ({level}% CI)|Without, per 1000|With, per 1000|Certainty",
    "summary": "Summary of findings",
    "baseline": "The risk without the intervention is taken as known. Source: {sources}",
    "domains_not_judged": "{outcome}: {domains} not judged, which may lower the certainty.",
    "changes": "What has changed since the last version",
    "new_outcome": "{outcome}: new outcome. The effect is {now}.",
    "no_change": "{outcome}: no change. The effect is {now}.",
    "change": "{outcome}: the effect was {was}, and is now {now}.",
    "step_heads": "What|Study|Why|Effect afterwards",
    "steps": "From the last result to this one, {outcome}",
    "became": "{name}: “{old}” became “{new}”",
    "settings": "Other choices in the analysis",
    "removed": "No longer included",
    "changed": "Changed",
    "added": "New",
    "flow": "Search and selection",
    "flow_figure": "PRISMA 2020 flow diagram",
    "flow_alt": "Flow diagram. {lines}.",
    "flow_heads": "Went on|Left out",
    "flow_counts": "Numbers at each step",
    "bias": "Risk of bias",
    "bias_figure": "Risk of bias, {tool}{part}",
    "bias_alt": "{n} studies, {worst} at {level} risk overall. The table below has every judgement.",
    "bias_study": "Study",
    "bias_overall": "Overall",
    "bias_table": "Judgements by {tool} ({source})",
    "none_read": "No studies have been read yet. The extraction form is ready.",
    "read_by_two": "Read by two people independently: {studies}.",
    "difference_heads": "Study|Field|First|Second",
    "differences": "Where the two read differently",
    "no_differences": "The two read the same.",
    "method": "How it was done",
    "join": "{column} is {indicator} of the country in the study's year, or the nearest, at most {within} years off.",
    "how": "The variance between studies was estimated by {method}. Intervals are {level}%, from {ci}. "
    "Certainty was judged by GRADE: what the numbers can tell was computed; a person judged the rest.",
    "EE": "a common effect",
    "z": "the normal distribution",
    "t": "Student's t",
    "hk": "Hartung-Knapp",
    "hk_adhoc": "Hartung-Knapp, never narrower than the usual interval",
    "review_file": "The review's file: SHA-256 {sha}",
    "part": ", part {i} of {n}",
    "forest_figure": "Each study and the pooled effect, {outcome}{part}",
    "forest_alt": "{studies}{part}. Pooled {measure} {effect}. The table below has every number.",
    "grade": "Certainty of the evidence",
    "grade_heads": "Domain|Levels|Reason",
    "grade_table": "GRADE: {level} certainty",
    "must_be_read": "To be read with this",
    "result": "The pooled {measure} is {effect}, p {p}, in {studies}.",
    "next_study": "The effect in a new study is expected to lie from {interval}.",
    "between": "The variance between studies is {tau2} ({low} to {high}), I² {i2}%.",
    "per_1000": "Of 1000 people, {without} without and {with_it} with the intervention ({low} to {high}).",
    "range": "{value} ({low} to {high})",
    "to": "{low} to {high}",
    "study": "Study",
    "counts_heads": "Intervention|Control",
    "weight": "Weight",
    "studies": "The studies, {outcome}",
    "all": "All",
    "selections": "Other selections",
    "selection_heads": "Selection|Studies|{measure} (CI)",
    "selection_table": "The same in other selections",
    "subgroups": "Subgroups by {by}",
    "subgroup_heads": "{by}|Studies|{measure} (CI)",
    "subgroup_p": "Difference between the groups: p {p}.",
    "intercept": "intercept",
    "term_heads": "Term|Coefficient|{level}% CI|p",
    "moderator": "{name}, {k} studies",
    "bubble_figure": "Effect against {name}",
    "bubble_alt": "{k} studies. The line rises {slope} for each unit of {name}, p {p}. The studies are in the table.",
    "year_of": "The year it is from",
    "points": "The studies against {name}",
    "small": "Small and large studies",
    "funnel_figure": "Funnel plot; open points are imputed studies (trim and fill)",
    "funnel_alt": "{k} studies by effect and standard error. Egger's test: p {p}.",
    "egger": "Egger's test of asymmetry: p {p}.",
    "few": "With fewer than ten studies the test has little power.",
}


@dataclass(frozen=True, slots=True)
class Words:
    lang: Language

    def __call__(self, name: str, /, **facts: object) -> str:
        return {"nb": BOKMAL, "en": ENGLISH}[self.lang][name].format(**facts)

    def heads(self, name: str, /, **facts: object) -> tuple[str, ...]:
        return tuple(self(name, **facts).split("|"))

    def studies(self, k: int) -> str:
        one, many = {"nb": ("studie", "studier"), "en": ("study", "studies")}[self.lang]
        return f"{k} {one if k == 1 else many}"

    def decimal(self, value: float, digits: int) -> str:
        return certainty.decimal(value, digits, self.lang)

    def p(self, p: float | None) -> str:
        if p is None:
            return "–"
        return f"< {self.decimal(0.001, 3)}" if p < 0.001 else self.decimal(p, 3)

    def value(self, estimate: float, studies: Studies) -> str:
        return self.decimal(float(np.exp(estimate)) if studies.is_ratio else estimate, 2)

    def interval(self, low: float, high: float, studies: Studies) -> str:
        return certainty.interval(low, high, studies, self.lang)

    def effect(self, pooled: PooledEffect, studies: Studies) -> str:
        return f"{self.value(pooled.estimate, studies)} ({self.interval(pooled.ci_low, pooled.ci_high, studies)})"

    def note(self, code: str, detail: str = "") -> str:
        return notes.note(code, detail, self.lang)
