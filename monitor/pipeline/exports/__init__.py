"""What is known, to be used elsewhere: in a spreadsheet, by another program. Who walks the history and what each record says."""
