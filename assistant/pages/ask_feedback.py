"""What readers say of the last answer, under the conversation on the ask page."""

import gradio as gr

from assistant.database.engine import DatabaseUnavailableError
from assistant.errors import BadInputError, NotFoundError
from assistant.feedback import COMMENT_LIMIT
from assistant.pages.parts import alert
from assistant.services import Services

CHOICES = [("Useful", "useful"), ("Not useful", "not_useful"), ("Wrong", "wrong")]
THANKS = '<p role="status">Thank you. It is kept without personal data, and read by those who look after the guidance.</p>'
NOTHING = "There is no answer yet to say something of. Ask a question first."
GONE = "It cannot be kept at the moment. Try again shortly."


def feedback_form(services: Services, conversation: gr.BrowserState) -> None:
    """A form, folded away, for the last answer of the conversation that the browser is in."""

    def give(held: str, verdict: str | None, comment: str) -> list[object]:
        try:
            if not verdict:
                raise BadInputError("choice", "is missing: say whether the answer was useful, not useful or wrong.")
            if not held:
                raise NotFoundError("conversation", held)
            answer = services.conversations.turns(held, last=1)[-1].answer
            services.feedback.give(answer.answer_id, verdict, comment or "")  # type: ignore[arg-type]
        except BadInputError as error:
            return [alert(f"The {error.field} {error.message}"), gr.skip(), gr.skip()]
        except NotFoundError:
            return [alert(NOTHING), gr.skip(), gr.skip()]
        except DatabaseUnavailableError:
            return [alert(GONE), gr.skip(), gr.skip()]
        return [THANKS, None, ""]

    with gr.Accordion("Was the last answer useful?", open=False):
        verdict = gr.Radio(CHOICES, label="The last answer was")
        comment = gr.Textbox(label="What was missing or wrong? (if you like)", lines=2, max_lines=6, max_length=COMMENT_LIMIT)
        send = gr.Button("Send", size="sm")
        told = gr.HTML("", elem_classes="status")
    send.click(give, [conversation, verdict, comment], [told, verdict, comment], api_visibility="private", show_progress="hidden")
