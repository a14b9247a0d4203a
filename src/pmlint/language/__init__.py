"""Who is said to have done what: the grammar of a document's sentences, read by a pipeline that ships with it."""
