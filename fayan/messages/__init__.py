"""What is said of problems: on the terminal, as JSON and SARIF, as pages, as mends of the file."""
