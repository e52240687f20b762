"""Rapport: a signed review as PDF, Word and CSV. It says what was signed, and the same review gives the same report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from fotfeste.documents import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    csv,
    docx,
    pdf,
)
from fotfeste.documents.font_signs import FONTS
from fotfeste.fidelity import FidelityScore, Scale
from fotfeste_web.ui.formats import day, number

from .models import Consensus, Review
from .pages.review import reviewers_of, signed_before
from .pages.reviews import band_name, scale_in_words

DAY = timedelta(days=1)
KINDS = {
    "pdf": ("application/pdf", lambda report: pdf(report.document())),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda report: docx(report.document()),
    ),
    "csv": ("text/csv; charset=utf-8", lambda report: csv(report.table())),
}
OWN_WORDS = "Egne ord, ikke skjemaets: ha det offisielle skjemaet ved siden av."
COLUMNS = (
    "Punkt",
    "Navn",
    "Del",
    "Vurdering",
    "Forrige",
    "Endring",
    "Tallet fra hverdagen",
    "Begrunnelse",
    "Anbefaling",
)


@dataclass(frozen=True)
class Report:
    """What a signed review says. Measures are not here: they go on after the signature."""

    review: Review
    agreed: dict[str, Consensus]
    before: Review | None
    earlier: dict[str, int]  # what was given the review before

    @classmethod
    def of(cls, review: Review) -> "Report":
        before = signed_before(review)
        return cls(
            review=review,
            agreed={one.item: one for one in review.consensus.all()},
            before=before,
            earlier=dict(Consensus.objects.filter(review=before).values_list("item", "value")) if before else {},
        )

    def written(self, kind: str) -> tuple[bytes, str]:
        """Give the file and its type."""
        media, write = KINDS[kind]
        return write(self), media

    def document(self) -> Document:
        review = self.review
        return Document(
            title=f"{review.get_kind_display()} av metodetrohet",
            subtitle=review.service.name,
            made_on=timezone.localdate(review.locked_at),
            blocks=tuple(self._blocks()),
        )

    def table(self) -> Table:
        review = self.review
        rows = []
        for section in review.scale.sections:
            for item in review.scale.items_in(section=section.id):
                one = self.agreed[item.id]
                rows.append(
                    (
                        str(item.number), item.name_nb, section.name_nb, str(one.value),
                        str(self.earlier.get(item.id, "")), self._change(item.id, ascii_signs=True),
                        one.suggested, one.comment, one.recommendation,
                    )
                )  # fmt: skip
        return Table(columns=COLUMNS, rows=tuple(rows), caption=f"{review.get_kind_display()}, {review.service.name}")

    def _change(self, item: str, *, ascii_signs: bool = False) -> str:
        if item not in self.earlier:
            return ""
        change = self.agreed[item].value - self.earlier[item]
        return f"{change:+d}" if ascii_signs and change else _signed(change)

    def _blocks(self) -> Iterator[Block]:
        review, scale = self.review, self.review.scale
        score = review.score((item, one.value) for item, one in self.agreed.items())
        yield Heading("Resultat")
        yield Paragraph(f"Sum {score.total} av {scale.highest * len(scale.items)}: {band_name(review, score.band)}.")
        if self.before:
            last = self.before.score(self.earlier.items()).total
            if last is not None and score.total is not None:
                first = day(self.before.starts_on)
                yield Paragraph(
                    f"Endring siden vurderingen {first}: {_signed(score.total - last)}. Den var av samme type."
                )
        yield Table(
            columns=("Del", "Sum", "Høyest mulig"),
            rows=tuple(
                (section.name_nb, str(told.total), str(scale.highest * told.items))
                for section, told in zip(scale.sections, score.sections, strict=True)
            ),
            caption="Sum for hver del av skalaen",
            numeric=frozenset({1, 2}),
        )
        said = "; ".join(f"punkt {item.number}: {self.agreed[item.id].value}" for item in scale.items)
        rings = " Ringene er forrige vurdering." if self.earlier else ""
        yield Figure(
            _profile(score, scale, self.earlier),
            f"Profilen: hvert punkt fra {scale.lowest} til {scale.highest}.{rings}",
            f"Søyler for hvert punkt. {said}.",
        )
        yield Heading("Om vurderingen")
        yield Bullets(tuple(self._facts()))
        if scale.wording == "own":
            yield Note(OWN_WORDS)
        for section in scale.sections:
            yield Heading(section.name_nb)
            for item in scale.items_in(section=section.id):
                yield from self._item(item.id, f"{item.number} {item.name_nb}")

    def _facts(self) -> Iterator[str]:
        review = self.review
        yield f"{review.get_kind_display()} av {review.service.name}"
        yield f"Gjort {_days(review.starts_on, review.ends_on)}"
        yield f"Tall fra {_days(review.period_starts_on, review.period_ends_on)}"
        yield f"Skala: {scale_in_words(review)}, fingeravtrykk {review.scale_sha256[:12]}"
        for one in reviewers_of(review):
            yield f"Vurdert og signert av {one.user.name}, {day(one.signed_at)}"

    def _item(self, item: str, name: str) -> Iterator[Block]:
        one = self.agreed[item]
        yield Heading(name, 2)
        change = f" (forrige gang {self.earlier[item]}, endring {self._change(item)})" if item in self.earlier else ""
        yield Paragraph(f"Vurdering: {one.value}{change}")
        if one.comment:
            yield Paragraph(f"Begrunnelse: {one.comment}")
        if one.recommendation:
            yield Paragraph(f"Anbefaling: {one.recommendation}")
        if one.suggested:
            yield Note(f"Tallet fra hverdagen, en forberedelse:\n{one.suggested}")


def _signed(change: int) -> str:
    return f"+{number(change)}" if change > 0 else number(change)


def _days(starts_on: date, ends_on: date) -> str:
    last = ends_on - DAY
    return day(starts_on) if last == starts_on else f"{day(starts_on)} til {day(last)}"


def _profile(score: FidelityScore, scale: Scale, before: Mapping[str, int] | None) -> str:
    import vl_convert  # what draws is not waited for by a process that starts

    from fotfeste.charts.fidelity import fidelity_profile
    from fotfeste.charts.saving import svg

    vl_convert.register_font_directory(str(FONTS))  # a drawing is laid out by its fonts: the same in any process
    return svg(fidelity_profile(score, scale, before=before))
