"""{% load fotfeste %}: the components, and dates, numbers and names in bokmål."""

from django import template
from django.template.loader import render_to_string

from fotfeste_web.ui import formats

register = template.Library()

register.filter("day", formats.day)
register.filter("weekday", formats.weekday)
register.filter("relative_day", formats.relative_day)
register.filter("clock", formats.clock)
register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("of", formats.of)
register.filter("short_name", formats.short_name)
register.filter("initials", formats.initials)
register.simple_tag(formats.count, name="count")


def component(name: str, *, block: bool = False):
    """A tag that renders templates/ui/components/NAME.html; what stands between its ends is `content`."""
    path = f"ui/components/{name}.html"
    if block:

        def tag(content, title="", **values):
            return render_to_string(path, {"content": content, "title": title, **values})

        register.simple_block_tag(tag, name=name, end_name=f"end{name}")
    else:

        def tag(title="", **values):
            return render_to_string(path, {"title": title, **values})

        register.simple_tag(tag, name=name)


for name in ("page_head", "row", "card", "timeline_item", "dialog", "empty"):
    component(name, block=True)
for name in ("tile", "tag", "steps", "filters", "error_summary"):
    component(name)


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context, page):
    """Links to the pages of a Paginator that keep the filters of the address."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    request = context["request"]

    def href(number):
        query = request.GET.copy()
        query["side"] = number
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "links": [{"number": n, "href": href(n) if isinstance(n, int) else ""} for n in pages],
        "previous": href(page.previous_page_number()) if page.has_previous() else "",
        "next": href(page.next_page_number()) if page.has_next() else "",
    }
