"""What is being entered, before it is a request: drafts, events, searches, laboratory reports, what is still needed."""
