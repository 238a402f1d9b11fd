"""Rules-as-configuration for Senior Executive Service performance management systems.

An agency writes its system description in a small language; it is parsed, checked, held against the
federal baseline, proved, and run by a rules engine that scores appraisals exactly and with reasons.
Start reading at `sespms_rules.pipeline`.
"""
