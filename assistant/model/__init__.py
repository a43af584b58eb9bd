"""The language model that may reword an answer: its client, what it is asked, and the gate for what it writes."""
