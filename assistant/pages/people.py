"""The people page, for administrators: who may use the desk, and which programs."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import gradio as gr

from assistant.database.engine import DatabaseUnavailableError
from assistant.errors import BadInputError, NotFoundError
from assistant.pages.arriving import SHOW_PLACE
from assistant.pages.parts import alert, header, navigation
from assistant.pages.people_view import keys_html, people_html, secret_html, state_of
from assistant.pages.signed_in import RIGHT_WORDS, ROLE_WORDS, actor_of, base_of, here, may_not_html, sign_in_html, strip_html
from assistant.people.keys import OFFERED
from assistant.people.person import Actor, ForbiddenError
from assistant.services import Services

PEOPLE = "/people"
TITLE = header("People", "Who may use the helpline desk, and the keys of programs that use it.")
GONE = "The accounts cannot be read or changed at the moment. Try again shortly; what you typed is still here."
ROLES = [(words.capitalize(), role) for role, words in ROLE_WORDS.items()]
HAND_OVER = "Hand this link over yourself: no mail is sent. It works once, and is not shown again."
NOTE_DOWN = "Note the key down now: it is not shown again."
NO_ACCOUNT, NO_KEY = ("Choose an account", ""), ("Choose a key", "")
COPY = """
element.addEventListener('click', async event => {
  if (!event.target.matches('.copy')) return;
  const field = element.querySelector('#secret');
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand('copy'); }
  event.target.textContent = 'Copied';
});
watch('value', () => { if (element.innerText.trim()) element.scrollIntoView({block: 'center'}); });
"""
"""For `gr.HTML(js_on_load=…)`: the button beside a secret copies it (over http the browser offers the older way alone), and what is told comes into view."""
Told = tuple[str, str, str]
"""What was done, and, where there is one, a secret to copy with what to do with it."""


def people_page(services: Services, page: gr.Blocks) -> None:
    """The page over one set of services, inside a route of the site's blocks."""
    navigation()
    gr.HTML(TITLE, js_on_load=SHOW_PLACE)
    who = gr.HTML("", elem_classes="library")
    with gr.Column(visible=False) as tools:
        status = gr.HTML("", elem_classes="library", js_on_load=COPY)
        listed = gr.HTML("", elem_classes="library")
        gr.HTML("<h2>Invite somebody</h2>", elem_classes="library")
        with gr.Row():
            name = gr.Textbox(label="Name", max_lines=1, min_width=200)
            email = gr.Textbox(label="Email address", max_lines=1, min_width=200)
            role = gr.Dropdown(ROLES, value="adviser", label="Role", min_width=160)
        invite = gr.Button("Invite")
        gr.HTML("<h2>Change an account</h2>", elem_classes="library")
        with gr.Row():
            chosen = gr.Dropdown([NO_ACCOUNT], value="", label="Account", min_width=240)
            new_role = gr.Dropdown(ROLES, value="adviser", label="New role", min_width=160)
        with gr.Row():
            give = gr.Button("Give this role", min_width=160)
            link = gr.Button("Make a link for a new password", min_width=160)
            disable = gr.Button("Disable", min_width=160)
            enable = gr.Button("Enable", min_width=160)
        gr.HTML("<h2>Keys for programs</h2>", elem_classes="library")
        keys = gr.HTML("", elem_classes="library")
        key_name = gr.Textbox(label="What the key is for", max_lines=1)
        rights = gr.CheckboxGroup([(RIGHT_WORDS[right].capitalize(), right) for right in OFFERED], label="What it may do", info="A key can approve nothing.")
        make = gr.Button("Make a key")
        with gr.Row():
            chosen_key = gr.Dropdown([NO_KEY], value="", label="Key", min_width=240)
            revoke = gr.Button("Revoke this key", min_width=160)

    outputs = [who, tools, status, listed, chosen, keys, chosen_key]
    people = services.people

    def on(button: gr.Button, inputs: Sequence[gr.components.Component], act: Callable[..., Told], clears: Sequence[gr.components.Component] = ()) -> None:
        """What a button does: act in the name of who is signed in, tell what came of it, and list all anew. Inputs are emptied where it was done."""

        def pressed(request: gr.Request, *values: Any) -> list[Any]:
            told, is_done = _tried(services, request, lambda actor: act(actor, base_of(request), *values))
            return [*_shown(services, request, told), *(_emptied(each) if is_done else gr.skip() for each in clears)]

        button.click(pressed, list(inputs), [*outputs, *clears], api_visibility="private", show_progress="hidden", queue=False)

    def invited(actor: Actor, base: str, name: str, email: str, role: str) -> Told:
        person, address = people.invite(email or "", name or "", role or "", actor, base)
        return f"{person.name} was invited.", address, HAND_OVER

    def given(actor: Actor, base: str, account_id: str | None, role: str) -> Told:
        person = people.change_role(_one(account_id), role or "", actor)
        return f"{person.name} is now {ROLE_WORDS[person.role]}.", "", ""

    def linked(actor: Actor, base: str, account_id: str | None) -> Told:
        address = people.reset(_one(account_id), actor, base)
        return f"A link was made for {people.name_of(_one(account_id))}; earlier ones are void.", address, HAND_OVER

    def disabled(actor: Actor, base: str, account_id: str | None) -> Told:
        return f"{people.disable(_one(account_id), actor).name} was disabled, and is signed out everywhere.", "", ""

    def enabled(actor: Actor, base: str, account_id: str | None) -> Told:
        return f"{people.enable(_one(account_id), actor).name} may sign in again.", "", ""

    def made(actor: Actor, base: str, name: str, rights: list[str] | None) -> Told:
        key, text = people.keys.add(name or "", rights or [], actor)
        return f"The key “{key.name}” was made.", text, NOTE_DOWN

    def revoked(actor: Actor, base: str, key_id: str | None) -> Told:
        return f"The key “{people.keys.revoke(_one(key_id, 'key'), actor).name}” was revoked.", "", ""

    on(invite, [name, email, role], invited, [name, email])
    on(give, [chosen, new_role], given)
    on(link, [chosen], linked)
    on(disable, [chosen], disabled)
    on(enable, [chosen], enabled)
    on(make, [key_name, rights], made, [key_name, rights])
    on(revoke, [chosen_key], revoked)

    def arrive(request: gr.Request) -> list[Any]:
        return _shown(services, request)

    page.load(arrive, None, outputs, api_visibility="private", show_progress="hidden", queue=False)


def _one(chosen: str | None, what: str = "account") -> str:
    if not chosen:
        raise BadInputError(what, "is not chosen. Choose one from the list.")
    return chosen


def _tried(services: Services, request: gr.Request, act: Callable[[Actor], Told]) -> tuple[str, bool]:
    """What an act told as HTML, or why it was not done, and whether it was."""
    try:
        actor = actor_of(services, request)
        if actor is None:
            return alert("You are signed out, so nothing was changed."), False
        done, secret, advice = act(actor)
        return f'<p role="status">{escape(f"{done} {advice}".strip())}</p>' + (secret_html(secret) if secret else ""), True
    except BadInputError as error:
        return alert(f"The {error.field} {error.message}"), False
    except NotFoundError as error:
        return alert(f"That {error.what} is not there any more. {error.advice}"), False
    except ForbiddenError as error:
        return alert(str(error)), False
    except DatabaseUnavailableError:
        return alert(GONE), False


def _shown(services: Services, request: gr.Request, status: str = "") -> list[Any]:
    """The whole page's outputs: for an administrator the lists as they are now, for anybody else why there are none."""
    try:
        actor = actor_of(services, request)
        if actor is None:
            return _nothing(status + sign_in_html(here(request, PEOPLE)))
        if "administer" not in actor.rights:
            return _nothing(strip_html(actor) + may_not_html("administer"))
        people, keys = services.people.people(actor), services.people.keys.list(actor)
        names = {person.id: person.name for person in people}
        table = keys_html(keys, lambda actor_id: names.get(actor_id) or services.people.name_of(actor_id))
    except DatabaseUnavailableError:
        return [alert(GONE), *[gr.skip()] * 6]
    accounts = gr.Dropdown([NO_ACCOUNT, *((f"{person.name}, {person.email} ({state_of(person)})", person.id) for person in people)])
    working = gr.Dropdown([NO_KEY, *((f"{key.name} ({key.start}…)", key.id) for key in keys if key.revoked_at is None)], value="")
    return [strip_html(actor), gr.Column(visible=True), status, people_html(people), accounts, table, working]


def _nothing(why: str) -> list[Any]:
    return [why, gr.Column(visible=False), "", "", gr.Dropdown([NO_ACCOUNT], value=""), "", gr.Dropdown([NO_KEY], value="")]


def _emptied(component: gr.components.Component) -> Any:
    return [] if isinstance(component, gr.CheckboxGroup) else ""
