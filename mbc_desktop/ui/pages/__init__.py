"""The pages of the window: plan, documents, settings."""
