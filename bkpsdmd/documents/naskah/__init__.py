"""The life of a paper: draft, number, signature, end. One engine for the kinds of all apps."""
