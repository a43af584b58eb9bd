"""The assistant: understanding, composing, the gate, the services, and their faces (API, pages, command line)."""
