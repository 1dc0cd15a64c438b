"""Every text a person reads, in Arabic, French and English: `texts/<language>/<subject>.json`."""
