"""Electronic signatures on PDFs: who can make them, and what they are worth.

`lokal` signs with the portal's own certificate, `bsre` has the national one do it; both
sign bytes that are finished before, so that PDF/A and tags survive. `validation` reads
the signatures of a file.
"""
