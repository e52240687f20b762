"""The words in the figures of a trial."""

from fotfeste.charts.evidence.words import Language

WORDS = {
    "nb": {
        "screened": "Vurdert",
        "not_randomised": "Ikke trukket",
        "randomised": "Trukket",
        "withdrew": "trakk samtykket",
        "died": "døde",
        "lost": "tapt for oppfølging",
        "with_outcome": "Med utfall",
        "analysed": "Analysert",
        "days": "Dager etter inklusjon",
        "without": "Andel uten hendelsen",
        "at_risk": "Fortsatt under oppfølging",
        "month": "Måneder etter inklusjon",
        "people": "n",
        "all": "Alle",
    },
    "en": {
        "screened": "Assessed",
        "not_randomised": "Not randomised",
        "randomised": "Randomised",
        "withdrew": "withdrew consent",
        "died": "died",
        "lost": "lost to follow-up",
        "with_outcome": "With outcome",
        "analysed": "Analysed",
        "days": "Days since inclusion",
        "without": "Share without the event",
        "at_risk": "Still followed",
        "month": "Months since inclusion",
        "people": "n",
        "all": "All",
    },
}
MEASURES = {
    "nb": {
        "RD": "Risikodifferanse (prosentpoeng)",
        "RR": "Relativ risiko",
        "OR": "Oddsratio",
        "MD": "Forskjell i gjennomsnitt",
        "IRR": "Forhold mellom gjennomsnitt",
        "HR": "Hasardratio",
        "RMST": "Forskjell i dager",
    },
    "en": {
        "RD": "Risk difference (percentage points)",
        "RR": "Risk ratio",
        "OR": "Odds ratio",
        "MD": "Difference in means",
        "IRR": "Ratio of means",
        "HR": "Hazard ratio",
        "RMST": "Difference in days",
    },
}


def word(name: str, lang: Language) -> str:
    return WORDS[lang][name]


def measure_name(measure: str, lang: Language) -> str:
    return MEASURES[lang].get(measure, measure)
