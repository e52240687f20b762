"""How a form becomes HTML: Designsystemet's markup, errors beside the field and summed up on top."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates


class FotfesteBoundField(BoundField):
    """A field that knows what its template and its input need to be read aloud rightly."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if getattr(field, "empty_label", None) == "---------":  # Django's own word for nothing chosen yet
            field.empty_label = "Velg" if field.required else "Ikke valgt"

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden:
            attrs["class"] = f"{widget.attrs.get('class', '')} ds-input".strip()
        return attrs

    @property
    def is_checkbox(self):
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_chips(self):
        return getattr(self.field.widget, "chips", False)

    @property
    def error_target(self):
        """The id that the error summary leads to: in a group of choices the first of them."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label or self.auto_id

    @property
    def summary_label(self):
        """What the error summary calls the field: a question keeps its mark, any other label gets a colon."""
        return self.label if self.label.endswith("?") else f"{self.label}:"

    @property
    def offers_override(self):
        """A warning was given, or was overridden before: the box that saves anyway is shown."""
        codes = {error.code for error in self.errors.as_data()}
        return "health_words" in codes or getattr(self.data, "anyway", False)


class FotfesteRenderer(DjangoTemplates):
    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = FotfesteBoundField
