"""The fixed words of a comparison, in Chinese and English: a file for each part of the page."""
