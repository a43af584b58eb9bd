"""What the browser does by itself on the pages: shows the place an address leads to, and keeps the address in step with the filters."""

import json
from collections.abc import Sequence

from assistant.pages.passage_text import HERE

SHOW_PLACE = f"""
const arrive = () => {{
  const title = element.querySelector('h1');
  if (title) document.title = title.innerText + ' – Public service mutuals';
  element.querySelector('#{HERE}')?.scrollIntoView({{block: 'center'}});
}};
watch('value', arrive);
arrive();
"""
"""For `gr.HTML(js_on_load=…)`: names the browser's tab after the page's heading, and scrolls to the highlighted place."""


def keep_address(names: Sequence[str], typed: str | None = None) -> str:
    """For an event's `js`: writes the inputs of these names into the address, so that going back, or sharing the address, brings the same list.

    `typed` names the input whose change is the event. Where it is as in the address, nobody typed it: it was set from the address, perhaps before
    the other inputs were, and the address stays as it is.
    """
    return f"""(...values) => {{
  const names = {json.dumps(list(names))};
  const kept = values.slice(0, names.length);
  const typed = names.indexOf({json.dumps(typed)});
  const before = new URLSearchParams(location.search);
  if (typed >= 0 && (before.get(names[typed]) ?? '') === (kept[typed] ?? '')) return kept;
  const query = new URLSearchParams();
  names.forEach((name, number) => {{ if (kept[number]) query.set(name, kept[number]); }});
  history.replaceState(history.state, '', location.pathname + (query.size ? '?' + query : ''));
  return kept;
}}"""
