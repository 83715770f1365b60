"""Words for people: decisions and policies as text, Markdown, HTML and plain data. Reads the core form and the trace, nothing else."""
