"""The shape of a function of one real variable: what is special about it, found and then claimed.

Everything here is a proposal: a finding is as good as the verdicts on its claims.

Above: facts, find, cli. Below: prover's searches, language.
"""
