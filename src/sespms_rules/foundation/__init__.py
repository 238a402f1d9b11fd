"""What everything else stands on: frozen values, sources and spans, findings, spelling, the files that ship."""
