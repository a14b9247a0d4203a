"""One module for each output format; each turns a finished run into text."""
