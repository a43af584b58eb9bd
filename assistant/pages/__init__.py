"""The pages: thin Gradio faces over the services."""
